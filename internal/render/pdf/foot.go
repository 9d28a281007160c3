package pdf

import "ketnap/document"

// signHere is the room between the signer's title and name, for signature and seal.
const signHere = 70.0

// footGap is the room above what stands at the foot.
const footGap = 14.0

// foot is Nơi nhận at the left and who signs at the right; two who sign stand beside
// each other, over Nơi nhận. It stays on one page, with the last lines of the body.
func (l layout) foot() []box {
	signs := l.d.Signatures
	notify := l.notify()
	half := l.m.HeadLeft * point
	leftSide := style{size: l.m.Sign, align: centre, x: l.x(), wide: half}
	rightSide := style{size: l.m.Sign, align: centre, x: l.x() + half, wide: l.wide() - half}
	var out []box
	for len(signs) > 1 {
		out = append(out, together(beside(l.signature(signs[0], leftSide), l.signature(signs[1], rightSide)))...)
		signs = signs[2:]
	}
	if len(signs) == 1 {
		sign := l.signature(signs[0], rightSide)
		if a, b := together(notify), together(sign); len(out) == 0 && len(a) <= 1 && len(b) == 1 {
			out, notify = beside(a, b), nil
			out[0].gap = footGap
		} else {
			out = append(out, b...)
		}
	}
	if len(notify) > 0 {
		notify[0].gap = footGap
	}
	return append(out, notify...)
}

// together makes one box of boxes that fit on a page beside some lines of the body.
func together(boxes []box) []box {
	if len(boxes) == 0 || high(boxes) > pageHeight*2/3 {
		return boxes
	}
	b := whole(boxes)
	b.gap = footGap
	return []box{b}
}

// signature is one who signs: authority, title, free room, name.
func (l layout) signature(s document.Signature, st style) []box {
	var out []box
	if s.Authority != "" {
		out = append(out, l.text(plain(s.Authority, true, false), st)...)
	}
	out = append(out, l.text(plain(s.Title, l.m.TitleBold, false), st)...)
	name := l.text(plain(s.Name, true, false), st)
	name[0].gap = signHere
	return append(out, name...)
}

// notify is the label Nơi nhận and its lines.
func (l layout) notify() []box {
	lines := l.d.NotifyLines()
	if len(lines) == 0 {
		return nil
	}
	st := style{size: l.m.Notify, align: left, x: l.x(), wide: l.m.HeadLeft*point - 8, under: true}
	out := l.text(plain(document.NotifyLabel, false, false), st)
	st.size, st.under = l.m.Recipient, false
	for _, text := range lines {
		out = append(out, l.text(plain(document.Bind(text), false, false), st)...)
	}
	return keep(out)
}
