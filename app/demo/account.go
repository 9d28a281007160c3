package demo

import (
	"context"
	"strings"

	"ketnap/access"
	"ketnap/app"
	"ketnap/org"
)

// seats are the accounts: the first three of one line, the second secretary elsewhere.
func (b *builder) seats() []app.NewAccount {
	if b.opt.Size == Province {
		return b.provinceSeats()
	}
	university, hospital, college := b.blocks[0].bases[0], b.blocks[0].bases[1], b.blocks[0].bases[2]
	school := b.baseNamed("Trường THPT Hải Bình")
	k := string(b.blocks[0].code)
	return append([]app.NewAccount{
		b.secretary("bt.khoasupham", b.branchNamed(university, secretaryBranch)),
		{Login: "vp.daihochaison", Name: "Đặng Thị Mai", Role: access.BaseOffice, Unit: string(university.code)},
		{Login: "btc.khoi", Name: b.heads["tổ chức K01"], Role: access.OrgBoard, Unit: k},
		b.secretary("bt.khoanoi", b.branchNamed(hospital, "Khoa Nội")),
		b.secretary("bt.khoadien", b.branchNamed(college, "Khoa Điện")),
		{Login: "vp.benhvien", Name: "Hoàng Thị Liên", Role: access.BaseOffice, Unit: string(hospital.code)},
		{Login: "btg.khoi", Name: "Trịnh Quang Khải", Role: access.PropagandaBoard, Unit: k},
		{Login: "doan.khoi", Name: b.heads["D01"], Role: access.UnionOfficer, Unit: "D01"},
		{Login: "btv.khoi", Name: b.heads[k], Role: access.StandingCommittee, Unit: k},
		{Login: "thpt.haibinh", Name: b.heads[string(school.code)], Role: access.SchoolCommittee, Unit: string(school.code)},
		{Login: "quantri", Name: "Quản trị hệ thống", Role: access.Admin, Unit: k},
		{Login: "kiemtra", Name: "Kiểm tra hệ thống", Role: access.Auditor, Unit: k},
	}, b.unionSeats()...)
}

// provinceSeats are the same roles in the generic province.
func (b *builder) provinceSeats() []app.NewAccount {
	k := b.blocks[0]
	first, second := k.bases[0], k.bases[1]
	top, block := "T01", string(k.code)
	return []app.NewAccount{
		b.secretary("bt.chibo1", first.places[0].code),
		{Login: "vp.coso1", Name: "Đặng Thị Mai", Role: access.BaseOffice, Unit: string(first.code)},
		{Login: "btc.khoi", Name: b.heads["tổ chức "+block], Role: access.OrgBoard, Unit: block},
		b.secretary("bt.chibo2", second.places[0].code),
		{Login: "btg.khoi", Name: "Trịnh Quang Khải", Role: access.PropagandaBoard, Unit: block},
		{Login: "doan.khoi", Name: b.heads["D01"], Role: access.UnionOfficer, Unit: "D01"},
		{Login: "btv.tinh", Name: b.heads[top], Role: access.StandingCommittee, Unit: top},
		{Login: "thpt.mot", Name: b.heads[string(k.bases[2].code)], Role: access.SchoolCommittee, Unit: string(k.bases[2].code)},
		{Login: "quantri", Name: "Quản trị hệ thống", Role: access.Admin, Unit: top},
		{Login: "kiemtra", Name: "Kiểm tra hệ thống", Role: access.Auditor, Unit: top},
	}
}

func (b *builder) secretary(login string, c org.Code) app.NewAccount {
	return app.NewAccount{Login: login, Name: b.heads[string(c)], Role: access.BranchSecretary, Unit: string(c)}
}

func (b *builder) baseNamed(name string) *base {
	for _, x := range b.blocks[0].bases {
		if x.name == name {
			return x
		}
	}
	return b.blocks[0].bases[0]
}

// branchNamed is the code of a branch of a base, the first one where no unit bears the name.
func (b *builder) branchNamed(x *base, name string) org.Code {
	for _, u := range b.units {
		if u.Name == "Chi bộ "+name && strings.HasPrefix(string(u.Code), string(x.code)+".") {
			return u.Code
		}
	}
	return x.places[0].code
}

// writeAccounts opens the accounts with passwords that need not be changed.
func (b *builder) writeAccounts(ctx context.Context) error {
	for _, n := range b.seats() {
		n.Lasting = true
		_, password, err := b.app.CreateAccount(ctx, b.who, n)
		if err != nil {
			return err
		}
		b.accounts = append(b.accounts, Account{Login: n.Login, Password: password, Role: string(n.Role), Unit: n.Unit})
	}
	return nil
}
