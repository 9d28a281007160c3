package app

import (
	"github.com/alexedwards/scs/v2"

	"ketnap/store"
)

// What pages and the API show is what the store read; these names let them speak of it
// without reaching past the gate.
type (
	// FileRow is a file as lists show it.
	FileRow = store.FileRow
	// Task is something that a unit must do.
	Task = store.Task
	// TargetRow is one figure of a unit's target.
	TargetRow = store.TargetRow
	// CeilingRow is a limit of ratings that a clause orders for a year.
	CeilingRow = store.CeilingRow
	// JudgementRow is a recorded judgement of whether a unit has source.
	JudgementRow = store.JudgementRow
	// SessionCodec writes the sessions of the pages.
	SessionCodec = store.SessionCodec
	// PaperRow is an issued paper as lists show it.
	PaperRow = store.PaperRow
	// Keeping says where a paper lies and who keeps it.
	Keeping = store.Keeping
	// Lending is one row of the register of files lent and handed over.
	Lending = store.Lending
	// LendingKind says whether a file was lent or handed over.
	LendingKind = store.LendingKind
	// Attachment is a scan of a paper.
	Attachment = store.Attachment
	// Letterhead is how the papers of a unit name it.
	Letterhead = store.Letterhead
	// SeriesRow is the numbers of a kind of paper within a term, with the last one taken.
	SeriesRow = store.SeriesRow
	// ClassRow is a class as lists and its page show it.
	ClassRow = store.ClassRow
	// LearnerRow is a person on the list of a class.
	LearnerRow = store.LearnerRow
	// ObstacleRow is what is in the way of a unit, with its remedy.
	ObstacleRow = store.ObstacleRow
	// Letter is a document as the register lists it.
	Letter = store.Document
)

// What issued papers and lendings can be.
const (
	PaperIssued = store.PaperIssued
	PaperVoided = store.PaperVoided
	Lent        = store.Lent
	HandedOver  = store.HandedOver
)

// Sessions returns where the session manager of the pages keeps its sessions.
func (a *App) Sessions() scs.CtxStore { return a.store.Sessions(a.now) }

// SessionAccount is the name of the session value that holds the id of the account.
const SessionAccount = store.SessionAccount
