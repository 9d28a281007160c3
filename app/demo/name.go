package demo

import (
	"math/rand/v2"
	"strings"

	"ketnap/person"
)

// Parts of names, the frequent ones more often: a word stands as many times as its weight.
var (
	families = weighted("Nguyễn*30 Trần*11 Lê*10 Phạm*7 Hoàng*5 Phan*4 Vũ*4 Võ*3 Đặng*3 Bùi*3 Đỗ*3 Hồ*2 Ngô*2 Dương*2 Đinh*2 Trương*2 Mai*2 Lương Hà Tạ Lâm Cao Trịnh Đoàn Tô Thái Lý Đào Phùng Cù Quách")
	middlesM = weighted("Văn*9 Đức*4 Hữu*3 Quang*3 Minh*4 Xuân*3 Công*2 Đình*3 Thanh*3 Ngọc*2 Quốc*3 Anh*2 Trọng*2 Mạnh*2 Bá Duy*2 Thế*2 Viết Tiến Gia Khắc Tuấn")
	middlesF = weighted("Thị*9 Thị_Thu*3 Thị_Ngọc*2 Thị_Thanh*3 Thị_Hồng*3 Thị_Minh*2 Thị_Kim*2 Thị_Mỹ Thị_Bích Thị_Phương*2 Ngọc*2 Thu*2 Thanh Minh Phương Thùy*2 Diệu Bảo Khánh Hồng Mai Hoài Tường")
	givensM  = weighted("Anh*3 Bình*2 Cường*3 Dũng*4 Dương*2 Đạt*3 Đức*3 Giang Hải*3 Hậu Hiếu*3 Hòa*2 Hoàng*3 Hùng*4 Huy*4 Hưng*3 Khang*2 Khánh*2 Khoa*2 Kiên*2 Lâm*2 Linh Long*3 Lộc Mạnh*2 Minh*4 Nam*4 Nghĩa*2 Nhân Phong*2 Phúc*3 Phước Quang*2 Quân*3 Quyết Sơn*3 Tài*2 Tâm Thái Thành*3 Thắng*3 Thịnh*2 Thuận Tiến*3 Toàn*2 Trung*3 Trường*2 Tú Tuấn*4 Tùng*3 Việt*2 Vinh*2 Vũ")
	givensF  = weighted("An*2 Anh*4 Bình Chi*3 Diễm Dung*2 Duyên*2 Giang*2 Hà*4 Hạnh*2 Hằng*3 Hân*2 Hiền*3 Hoa*2 Hoài Hồng*2 Huệ Huyền*3 Hương*4 Khánh Lan*3 Liên Linh*4 Loan Ly*2 Mai*3 My*2 Nga*3 Ngân*3 Ngọc*3 Nguyệt*2 Nhi*2 Nhung*3 Oanh Phương*4 Quyên Quỳnh*2 Thảo*4 Thắm Thoa Thu*2 Thủy*3 Thúy*2 Thư*2 Trà Trang*4 Trâm*2 Trinh Tuyết Uyên Vân*3 Vy*2 Xuân Yến*2")
)

// weighted spreads "Trần*11 Lê" to eleven times Trần and once Lê; _ stands for a space.
func weighted(text string) []string {
	var out []string
	for word := range strings.FieldsSeq(text) {
		name, times, _ := strings.Cut(word, "*")
		n := 1
		if times != "" {
			n = 0
			for _, digit := range times {
				n = 10*n + int(digit-'0')
			}
		}
		for range n {
			out = append(out, strings.ReplaceAll(name, "_", " "))
		}
	}
	return out
}

// dice are the only source of chance of one part of the data. Each part has its own, so
// that a change of one leaves the others as they are.
type dice struct{ *rand.Rand }

// throw returns the dice of a part.
func (b *builder) throw(part string, number int) dice {
	h := uint64(14695981039346656037)
	for _, c := range []byte(part) {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return dice{rand.New(rand.NewPCG(b.opt.Seed, h+uint64(number)))} //nolint:gosec // invented data, the same for the same seed
}

// pick returns one of the values.
func pick[T any](d dice, values []T) T { return values[d.IntN(len(values))] }

// between returns a number from low to high, both included.
func (d dice) between(low, high int) int { return low + d.IntN(high-low+1) }

// percent reports true n times of a hundred.
func (d dice) percent(n int) bool { return d.IntN(100) < n }

// name invents the name of a person.
func (d dice) name(sex person.Sex) person.Name {
	if sex == person.Female {
		return person.Name{Family: pick(d, families), Middle: pick(d, middlesF), Given: pick(d, givensF)}
	}
	return person.Name{Family: pick(d, families), Middle: pick(d, middlesM), Given: pick(d, givensM)}
}

// sex is female for 48 of a hundred (SCL-10).
func (d dice) sex() person.Sex {
	if d.percent(48) {
		return person.Female
	}
	return person.Male
}

// anyName invents the name of a member, more often a man's the higher the post.
func (d dice) anyName() string {
	if d.percent(38) {
		return d.name(person.Female).Full()
	}
	return d.name(person.Male).Full()
}
