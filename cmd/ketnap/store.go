package main

import (
	"fmt"

	"ketnap/access"
	"ketnap/app"
	"ketnap/org"
)

// unitCmds are the commands about units.
type unitCmds struct {
	Create unitCreateCmd `cmd:"" help:"Mở một đơn vị."`
}

// unitCreateCmd opens a unit, on an empty store too.
type unitCreateCmd struct {
	Code             string `arg:"" help:"Mã đơn vị."`
	Name             string `arg:"" help:"Tên đơn vị."`
	Type             string `required:"" help:"committee, base_committee, base_branch, sectional_committee, branch, board, union."`
	Kind             string `help:"upper_secondary, vocational, college, university, public_service, agency, enterprise, youth_union."`
	Parent           string `help:"Mã đơn vị cấp trên." placeholder:"CODE"`
	Beside           string `help:"Của đoàn thể: mã tổ chức đảng cùng cấp." placeholder:"CODE"`
	OfficialMembers  int    `help:"Số đảng viên chính thức." placeholder:"N"`
	CommitteeMembers int    `help:"Số ủy viên cấp ủy." placeholder:"N"`
	StandingMembers  int    `help:"Số ủy viên ban thường vụ." placeholder:"N"`
	JSON             bool   `name:"json" help:"In JSON."`
}

// Run opens the unit and prints it.
func (c unitCreateCmd) Run(e *env) error {
	if !org.Type(c.Type).Valid() {
		return usage("không có loại đơn vị %q", c.Type)
	}
	if !org.Kind(c.Kind).Valid() {
		return usage("không có loại hình %q", c.Kind)
	}
	counts := map[org.CountKind]int{}
	for kind, n := range map[org.CountKind]int{org.OfficialMembers: c.OfficialMembers, org.CommitteeMembers: c.CommitteeMembers, org.StandingMembers: c.StandingMembers} {
		if n < 0 {
			return usage("số người không thể âm: %d", n)
		}
		if n > 0 {
			counts[kind] = n
		}
	}
	return e.with(func(a *app.App) error {
		u, err := a.CreateUnit(e.ctx, e.system(), app.NewUnit{Code: c.Code, Name: c.Name, Type: org.Type(c.Type), Kind: org.Kind(c.Kind), Parent: c.Parent, Beside: c.Beside, Counts: counts})
		if err != nil {
			return err
		}
		if !c.JSON {
			return e.say("Đã mở %s: %s", u.Code, u.Name)
		}
		return e.json(map[string]any{"code": u.Code, "name": u.Name, "type": u.Type, "kind": orNil(string(u.Kind)), "parent": orNil(c.Parent)})
	})
}

func orNil(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// accountCmds are the commands about accounts.
type accountCmds struct {
	Create accountCreateCmd `cmd:"" help:"Mở một tài khoản, in mật khẩu dùng một lần."`
}

// accountCreateCmd opens an account with a role on a unit.
type accountCreateCmd struct {
	Login string `arg:"" help:"Tên đăng nhập."`
	Role  string `required:"" help:"branch_secretary, base_office, org_board, propaganda_board, union_officer, standing_committee, school_committee, admin, auditor."`
	Unit  string `required:"" help:"Mã đơn vị."`
	Name  string `help:"Họ và tên."`
	JSON  bool   `name:"json" help:"In JSON."`
}

// Run opens the account and prints its one-time password.
func (c accountCreateCmd) Run(e *env) error {
	if !access.Role(c.Role).Valid() {
		return usage("không có vai trò %q", c.Role)
	}
	return e.with(func(a *app.App) error {
		_, password, err := a.CreateAccount(e.ctx, e.system(), app.NewAccount{Login: c.Login, Name: c.Name, Role: access.Role(c.Role), Unit: c.Unit})
		if err != nil {
			return err
		}
		if c.JSON {
			return e.json(map[string]string{"login": c.Login, "password": password, "role": c.Role, "unit": c.Unit})
		}
		return e.say("%s: mật khẩu dùng một lần %s, phải đổi khi đăng nhập lần đầu", c.Login, password)
	})
}

// tokenCmds are the commands about tokens of the API.
type tokenCmds struct {
	Create tokenCreateCmd `cmd:"" help:"Tạo mã truy cập API cho một tài khoản."`
	Revoke tokenRevokeCmd `cmd:"" help:"Thu hồi mọi mã truy cập API của một tài khoản."`
}

// tokenRevokeCmd ends every token of an account.
type tokenRevokeCmd struct {
	Login string `arg:"" help:"Tên đăng nhập."`
	JSON  bool   `name:"json" help:"In JSON."`
}

// Run revokes the tokens and prints how many there were.
func (c tokenRevokeCmd) Run(e *env) error {
	return e.with(func(a *app.App) error {
		n, err := a.RevokeTokens(e.ctx, e.system(), c.Login)
		if err != nil {
			return err
		}
		if c.JSON {
			return e.json(map[string]int{"revoked": n})
		}
		return e.say("Đã thu hồi %d mã", n)
	})
}

// tokenCreateCmd makes a token; it is shown once.
type tokenCreateCmd struct {
	Login string `arg:"" help:"Tên đăng nhập."`
	JSON  bool   `name:"json" help:"In JSON."`
}

// Run makes the token and prints it.
func (c tokenCreateCmd) Run(e *env) error {
	return e.with(func(a *app.App) error {
		token, err := a.CreateToken(e.ctx, e.system(), c.Login)
		if err != nil {
			return err
		}
		if c.JSON {
			return e.json(map[string]string{"token": token})
		}
		return e.say("%s", token)
	})
}

// auditCmds are the commands about the record of acts.
type auditCmds struct {
	Verify auditVerifyCmd `cmd:"" help:"Kiểm tra sổ ghi việc có bị sửa không."`
}

// auditVerifyCmd looks for rows that were altered, removed or reordered.
type auditVerifyCmd struct {
	JSON bool `name:"json" help:"In JSON."`
}

// Run verifies the chain; it ends with exit 1 when a row was tampered with.
func (c auditVerifyCmd) Run(e *env) error {
	return e.with(func(a *app.App) error {
		rows, bad, err := a.VerifyAudit(e.ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			err = e.json(map[string]any{"rows": rows, "ok": bad == "", "first_bad": orNil(bad)})
		} else if bad == "" {
			err = e.say("Sổ ghi việc nguyên vẹn: %d dòng", rows)
		}
		if err == nil && bad != "" {
			return refused{fmt.Sprintf("sổ ghi việc đã bị sửa, dòng đầu tiên sai: %s", bad)}
		}
		return err
	})
}

// backupCmd copies the store to a file.
type backupCmd struct {
	File string `arg:"" help:"Tệp sao lưu; chưa có sẵn."`
}

// Run writes the backup, while the server runs too.
func (c backupCmd) Run(e *env) error {
	return e.with(func(a *app.App) error {
		if err := a.Backup(e.ctx, c.File); err != nil {
			return err
		}
		return e.say("Đã sao lưu ra %s", c.File)
	})
}

// restoreCmd fills an empty store from a backup.
type restoreCmd struct {
	File string `arg:"" help:"Tệp sao lưu."`
}

// Run restores the backup.
func (c restoreCmd) Run(e *env) error {
	return e.with(func(a *app.App) error {
		if err := a.Restore(e.ctx, c.File); err != nil {
			return err
		}
		return e.say("Đã khôi phục từ %s", c.File)
	})
}

// doctorCmd checks the store.
type doctorCmd struct {
	JSON bool `name:"json" help:"In JSON."`
}

// Run prints what is wrong; it ends with exit 1 when anything is.
func (c doctorCmd) Run(e *env) error {
	return e.with(func(a *app.App) error {
		findings, err := a.Doctor(e.ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			if err := e.json(map[string]any{"ok": len(findings) == 0, "findings": findings}); err != nil {
				return err
			}
		} else {
			for _, f := range findings {
				if err := e.say("%s", f.Message); err != nil {
					return err
				}
			}
		}
		if len(findings) > 0 {
			return refused{fmt.Sprintf("có %d điều cần xem", len(findings))}
		}
		if c.JSON {
			return nil
		}
		return e.say("Kho dữ liệu bình thường")
	})
}
