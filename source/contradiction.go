package source

import (
	"fmt"

	"ketnap/rule"
)

// Contradictions sets what a committee says against its own numbers (TGT-27). All of them
// warn: the committee may know what numbers do not show, and then says so.
func (r Review) Contradictions() []rule.Finding {
	var out []rule.Finding
	warn := func(field, format string, args ...any) {
		out = append(out, rule.Finding{Rule: "TGT-27", Severity: rule.Warn, Field: field, Message: fmt.Sprintf(format, args...)})
	}
	if r.Has {
		if r.nobody() {
			warn("has", "Không có ai được giới thiệu, có giấy chứng nhận hay có đơn, mà kết luận là còn nguồn.")
		}
	} else {
		for _, x := range []struct {
			layer Layer
			words string
		}{
			{UnionAge, "Còn %d quần chúng trong độ tuổi đoàn, mà kết luận là không còn nguồn."},
			{Outstanding, "Đang có %d quần chúng ưu tú được giới thiệu, mà kết luận là không còn nguồn."},
			{CertificateValid, "Có %d người giữ giấy chứng nhận còn giá trị, mà kết luận là không còn nguồn."},
			{FileComplete, "Có %d người đã đủ hồ sơ, mà kết luận là không còn nguồn."},
		} {
			if v := r.value(x.layer); v != nil && *v > 0 {
				warn("has", x.words, *v)
			}
		}
	}
	for _, pair := range r.implausible() {
		deep, above := pair[0], pair[1]
		warn(Field(deep), "%s (%d) nhiều hơn %s (%d).", deep.Short(), *r.value(deep), lower(above.Short()), *r.value(above))
	}
	return out
}

// nobody reports whether all layers of people who were found are known to be empty.
func (r Review) nobody() bool {
	known := false
	for _, l := range Layers()[2:] {
		if v := r.value(l); v != nil {
			known = true
			if *v > 0 {
				return false
			}
		}
	}
	if v := r.value(UnionAge); v != nil && *v > 0 {
		return false
	}
	return known
}

// implausible are the layers with more people than the one that takes them in: each with
// the nearest that is known. Union age takes nobody in: older people are found, too.
func (r Review) implausible() [][2]Layer {
	var out [][2]Layer
	if age, all := r.value(UnionAge), r.value(NonMembers); age != nil && all != nil && *age > *all {
		out = append(out, [2]Layer{UnionAge, NonMembers})
	}
	above := NonMembers
	for _, l := range Layers()[2:] {
		v := r.value(l)
		if v == nil {
			continue
		}
		if a := r.value(above); a != nil && *v > *a {
			out = append(out, [2]Layer{l, above})
		}
		above = l
	}
	return out
}

// Sum adds up, layer by layer, what reviews say: nil where none of them says anything.
func Sum(reviews []Review) map[Layer]*int {
	out := map[Layer]*int{}
	for _, r := range reviews {
		for _, c := range r.Counts {
			if c.Value == nil {
				continue
			}
			if out[c.Layer] == nil {
				out[c.Layer] = new(int)
			}
			*out[c.Layer] += *c.Value
		}
	}
	return out
}
