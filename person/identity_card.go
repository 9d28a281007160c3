package person

import (
	"errors"
	"fmt"
	"strings"

	"ketnap/date"
)

// A Card is what the square code on an identity card says (IDN-07).
type Card struct {
	Number  Number
	Old     Number // of the old card; the zero value where there was none
	Name    Name
	Birth   date.Date
	Sex     Sex
	Address string
	Issued  date.Date // none where the card does not say
}

// A CardError says which part of the code cannot be read.
type CardError struct {
	Part  string // in Vietnamese
	Cause error
}

// Error returns the sentence for the user, in Vietnamese.
func (e *CardError) Error() string {
	if e.Part == "" {
		return "Đây không phải nội dung mã QR của thẻ căn cước; mã có bảy phần cách nhau bằng dấu “|”. Xin quét lại thẻ, hoặc gõ từng mục."
	}
	return fmt.Sprintf("Không đọc được phần “%s” trong mã QR. Xin quét lại thẻ, hoặc gõ từng mục.", e.Part)
}

// Unwrap returns the cause.
func (e *CardError) Unwrap() error { return e.Cause }

// Parts of the code and the most that is looked at, in bytes.
const (
	cardParts = 7
	maxCard   = 2000
)

var errNoCard = errors.New("not seven parts")

// ParseCard reads the text of the code: number, old number, name, birth, sex, address and
// day of issue between bars. Later cards carry more parts behind these, which are left.
// Its error is a *CardError.
func ParseCard(s string) (Card, error) {
	parts := strings.Split(strings.TrimSpace(s), "|")
	if len(s) > maxCard || len(parts) < cardParts {
		return Card{}, &CardError{Cause: errNoCard}
	}
	var c Card
	var err error
	if c.Number, err = ParseNumber(parts[0]); err != nil {
		return Card{}, &CardError{"số", err}
	}
	if strings.TrimSpace(parts[1]) != "" {
		if c.Old, err = ParseNumber(parts[1]); err != nil {
			return Card{}, &CardError{"số chứng minh nhân dân cũ", err}
		}
	}
	if c.Name, err = Parse(parts[2]); err != nil {
		return Card{}, &CardError{"họ và tên", err}
	}
	if c.Birth, err = cardDay(parts[3]); err != nil {
		return Card{}, &CardError{"ngày sinh", err}
	}
	if c.Sex, err = ParseSex(parts[4]); err != nil {
		return Card{}, &CardError{"giới tính", err}
	}
	if c.Address, err = FreeText(parts[5]); err != nil {
		return Card{}, &CardError{"nơi cư trú", err}
	}
	if strings.TrimSpace(parts[6]) != "" {
		if c.Issued, err = cardDay(parts[6]); err != nil {
			return Card{}, &CardError{"ngày cấp", err}
		}
	}
	return c, nil
}

// cardDay reads ddMMyyyy.
func cardDay(s string) (date.Date, error) {
	s = strings.TrimSpace(s)
	if len(s) != len("ddMMyyyy") {
		return date.Date{}, errNoCard
	}
	return date.Parse(s[4:] + "-" + s[2:4] + "-" + s[:2])
}

// Check compares a card with the file of a person: another person's card warns.
func (c Card) Check(name string, sex Sex, birth date.Date) []Warning {
	var out []Warning
	if Fold(c.Name.Full()) != Fold(name) {
		out = append(out, Warning{"IDN-07", FieldNumber, fmt.Sprintf("Tên trên thẻ (%s) khác tên trong hồ sơ (%s).", c.Name.Full(), name)})
	}
	if c.Birth != birth {
		out = append(out, Warning{"IDN-07", FieldNumber, fmt.Sprintf("Ngày sinh trên thẻ (%s) khác ngày sinh trong hồ sơ (%s).", c.Birth.VN(), birth.VN())})
	}
	if c.Sex != sex {
		out = append(out, Warning{"IDN-07", FieldNumber, fmt.Sprintf("Giới tính trên thẻ (%s) khác giới tính trong hồ sơ (%s).", c.Sex.Name(), sex.Name())})
	}
	return out
}
