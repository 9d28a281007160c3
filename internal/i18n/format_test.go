package i18n

import (
	"testing"
	"time"

	"ketnap/date"
)

func TestFormats(t *testing.T) {
	t.Parallel()
	day := date.Must
	noon := date.At(time.Date(2024, 5, 27, 17, 5, 0, 0, time.UTC))
	tests := []struct{ name, got, want string }{
		{"a day has no zero before its month from March on", Date(Vietnamese, day("2024-05-27")), "27/5/2024"},
		{"a day under ten and a month under three have one", Date(Vietnamese, day("2024-02-05")), "05/02/2024"},
		{"English writes the month's name", Date(English, day("2024-05-07")), "7 May 2024"},
		{"no date is nothing", Date(English, date.Date{}) + LongDate(Vietnamese, date.Date{}), ""},
		{"the day of the week stands before", LongDate(Vietnamese, day("2024-10-30")), "thứ Tư, 30/10/2024"},
		{"Sunday has its own name", Weekday(Vietnamese, day("2024-10-27")), "Chủ nhật"},
		{"Saturday is the seventh", Weekday(Vietnamese, day("2024-10-26")), "thứ Bảy"},
		{"English names the day", LongDate(English, day("2024-10-30")), "Wednesday, 30 October 2024"},
		{"a sentence begins with a capital", Sentence("thứ Ba, 15/10/2024"), "Thứ Ba, 15/10/2024"},
		{"a capital may be one of the Vietnamese letters", Sentence("đã xong"), "Đã xong"},
		{"nothing stays nothing", Sentence(""), ""},
		{"an instant is read by the clock of Ha Noi, on its day there", Moment(Vietnamese, noon), "00:05, 28/5/2024"},
		{"no instant is nothing", Moment(Vietnamese, date.Instant{}), ""},
		{"a count has dots", Count(Vietnamese, 1235), "1.235"},
		{"a long count has several", Count(Vietnamese, int64(1234567)), "1.234.567"},
		{"a short count has none", Count(Vietnamese, 999), "999"},
		{"a negative count keeps its sign apart", Count(Vietnamese, -100000), "-100.000"},
		{"English groups by commas", Count(English, 1235), "1,235"},
		{"a share is as reports reckon it", Percent(Vietnamese, "35,34"), "35,34%"},
		{"English shares have a point", Percent(English, "35,34"), "35.34%"},
		{"a share that does not exist is a dash", Percent(Vietnamese, ""), "–"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if tt.got != tt.want {
				t.Errorf("got %q, want %q", tt.got, tt.want)
			}
		})
	}
}
