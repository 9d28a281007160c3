package demo

import (
	"context"

	"ketnap/app"
	"ketnap/meeting"
)

// agendaLength is how many files the coming meetings have on their agendas.
const agendaLength = 3

// writeMeetings calls the meetings of the coming week, as drafts with their agendas: of
// the branches and the base that have accounts, and of the block's standing committee.
func (b *builder) writeMeetings(ctx context.Context) error {
	if b.opt.Size == Province {
		return nil
	}
	days := 0
	for _, unit := range []string{"K01.01.02", "K01.02.01", "K01.03.01", "K01.01", "K01"} {
		days++
		sheet := meeting.Sheet{On: b.workday(b.opt.Today.AddDays(days)).String(), Method: meeting.Ballot, Auto: true}
		id, err := b.app.NewMeeting(ctx, b.who, unit, sheet)
		if err != nil {
			return err
		}
		agenda, err := b.app.MeetingAgenda(ctx, b.who, id)
		if err != nil {
			return err
		}
		var picks []app.MeetingPick
		for _, c := range agenda.Choices {
			if c.Suggested && c.Ready && len(picks) < agendaLength {
				picks = append(picks, app.MeetingPick{File: c.Row.ID, Act: c.Act})
			}
		}
		if len(picks) == 0 { // nothing waits there
			err = b.app.DiscardMeeting(ctx, b.who, id, agenda.Page.Version)
		} else {
			err = b.app.PutOnAgenda(ctx, b.who, id, agenda.Page.Version, picks)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
