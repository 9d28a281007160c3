package access

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"ketnap/date"
	"ketnap/org"
)

var day = date.Must("2024-10-15")

// The line of a branch: itself, its base committee, the block.
var line = []org.UnitNo{30, 20, 10}

func grant(role Role, unit org.UnitNo, from, to string) Grant {
	g := Grant{Role: role, Unit: unit, From: date.Must(from)}
	if to != "" {
		g.To = date.Must(to)
	}
	return g
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		grants []Grant
		right  Right
		want   Verdict
	}{
		{"without a grant there is nothing to see", nil, RecordBranch, Hidden},
		{"a secretary records at the own branch", []Grant{grant(BranchSecretary, 30, "2024-01-01", "")}, RecordBranch, Allowed},
		{"a secretary sees but does not decide", []Grant{grant(BranchSecretary, 30, "2024-01-01", "")}, RecordBoard, Refused},
		{"a secretary of another branch sees nothing", []Grant{grant(BranchSecretary, 31, "2024-01-01", "")}, RecordBranch, Hidden},
		{"a grant above reaches down", []Grant{grant(BaseOffice, 20, "2024-01-01", "")}, RecordBase, Allowed},
		{"an administrator sees no candidate", []Grant{grant(Admin, 10, "2024-01-01", "")}, RecordBranch, Hidden},
		{"a grant that has ended holds no more", []Grant{grant(BranchSecretary, 30, "2024-01-01", "2024-10-14")}, RecordBranch, Hidden},
		{"the last day of a grant is one of it", []Grant{grant(BranchSecretary, 30, "2024-01-01", "2024-10-15")}, RecordBranch, Allowed},
		{"a grant of tomorrow holds not yet", []Grant{grant(BranchSecretary, 30, "2024-10-16", "")}, RecordBranch, Hidden},
		{"the stronger of two grants decides", []Grant{grant(BranchSecretary, 30, "2024-01-01", ""), grant(OrgBoard, 10, "2024-01-01", "")}, RecordBoard, Allowed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p, got := Check(tt.grants, day, tt.right, SeeFile, line)
			if got != tt.want {
				t.Fatalf("got %d, want %d", got, tt.want)
			}
			if p.Given() != (tt.want == Allowed) || p.Allows(tt.right, 30) != (tt.want == Allowed) {
				t.Errorf("the permit %+v does not say what the verdict says", p)
			}
			if p.Allows(tt.right, 20) || p.Allows(SeeAudit, 30) {
				t.Error("a permit is for one right on one unit")
			}
		})
	}
}

func TestZeroValuesAllowNothing(t *testing.T) {
	t.Parallel()
	if (Permit{}).Allows(RecordBranch, 0) || (Permit{}).Given() {
		t.Error("the zero permit allows something")
	}
	if !(Scope{}).Empty() || (Scope{}).Covers(line) {
		t.Error("the zero scope covers something")
	}
	if ScopeOfPermit(Permit{}).Covers(line) {
		t.Error("the scope of no permit covers something")
	}
	if _, v := Check([]Grant{grant(OrgBoard, 10, "2024-01-01", "")}, day, RecordBoard, SeeFile, nil); v != Hidden {
		t.Error("a unit without a line is seen")
	}
}

func TestWhoMayNotSeeCandidates(t *testing.T) {
	t.Parallel()
	for _, role := range Roles() {
		sees := role.Has(SeeFile)
		secret := role == Admin || role == Auditor || role == PropagandaBoard || role == UnionOfficer // SEC-08
		if sees == secret {
			t.Errorf("%s sees candidates: %v", role, sees)
		}
		if !role.Valid() || Role("king").Valid() {
			t.Errorf("%s: validity", role)
		}
	}
}

// What a scope covers and what a check allows must be the same thing.
func TestScopeAndCheckAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var grants []Grant
		for range rapid.IntRange(0, 4).Draw(t, "grants") {
			grants = append(grants, Grant{
				Role: rapid.SampledFrom(Roles()).Draw(t, "role"),
				Unit: rapid.SampledFrom([]org.UnitNo{10, 20, 30, 31, 40}).Draw(t, "unit"),
				From: day.AddDays(rapid.IntRange(-2, 2).Draw(t, "from")),
				To:   rapid.SampledFrom([]date.Date{{}, day.AddDays(-1), day, day.AddDays(1)}).Draw(t, "to"),
			})
		}
		right := rapid.SampledFrom([]Right{SeeFile, RecordBranch, RecordBase, RecordBoard, SeeRating, ManageAccount, SeeAudit}).Draw(t, "right")
		scope := ScopeOf(grants, day, right)
		_, verdict := Check(grants, day, right, right, line)
		if scope.Covers(line) != (verdict == Allowed) {
			t.Fatalf("scope %v, verdict %d", scope.Roots(), verdict)
		}
		if !slices.IsSorted(scope.Roots()) {
			t.Fatalf("roots out of order: %v", scope.Roots())
		}
	})
}
