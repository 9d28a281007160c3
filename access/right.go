// Package access decides who may do what, and where. Rights belong to roles, roles are
// granted on units from one day to another and hold for the whole subtree. The types
// remember the decision: without a Scope no row is read, without a Permit none is
// written. It reads nothing: grants and the line of a unit are handed to it.
package access

import "slices"

// A Right is something that one may do.
type Right string

// Rights.
const (
	SeeFile       Right = "file.see"       // candidates and their files
	OpenFile      Right = "file.open"      // open a new file
	RecordBranch  Right = "act.branch"     // acts at the branch's desk
	RecordBase    Right = "act.base"       // acts at the base committee's desk
	RecordBoard   Right = "act.board"      // acts of the competent committee
	SeeFigures    Right = "figure.see"     // totals: targets, progress, reports
	AssignTarget  Right = "target.assign"  // give targets to the units below
	SeeDocument   Right = "document.see"   // documents and their tasks
	EnterDocument Right = "document.enter" // read a document in and confirm it
	DoTask        Right = "task.do"        // mark a task of the unit as done
	SeeRating     Right = "rating.see"     // ceilings, with the people behind them
	DeclareSource Right = "source.declare" // the branch's judgement of its source
	ConfirmSource Right = "source.confirm" // the base committee's
	CheckSource   Right = "source.check"   // the superior's
	SeeUnit       Right = "unit.see"       // the unit's page: counts, posts
	ManageUnit    Right = "unit.manage"    // units, counts and posts
	ManageAccount Right = "account.manage" // accounts and grants
	ManageSetting Right = "setting.manage" // settings and calendar
	SeeAudit      Right = "audit.see"      // the record of acts
	SeeIdentity   Right = "identity.see"   // open a person's identity data, with a reason
	EditIdentity  Right = "identity.edit"  // enter them, and the person's consent
	ProposeTarget Right = "target.propose" // the unit's own figure, its answer to what was assigned, its plan
	HoldSession   Right = "session.hold"   // thematic meetings, working sessions with unions, obstacles and their remedies
	SeeUnion      Right = "union.see"      // counts, movements and sessions of the unions; of their people, the introductions
	RecordUnion   Right = "union.record"   // the union's own counts, introductions, movements and campaign
	SeeClass      Right = "class.see"      // classes and the names on their lists
	NameLearner   Right = "class.name"     // answer a survey, name people for a class
	ManageClass   Right = "class.manage"   // propose, open and hold classes, mark, issue certificates
)

// A Role is a bundle of rights, granted on a unit.
type Role string

// Roles of the contract.
const (
	BranchSecretary   Role = "branch_secretary"
	BaseOffice        Role = "base_office"
	OrgBoard          Role = "org_board"
	PropagandaBoard   Role = "propaganda_board"
	UnionOfficer      Role = "union_officer"
	StandingCommittee Role = "standing_committee"
	SchoolCommittee   Role = "school_committee"
	Admin             Role = "admin"
	Auditor           Role = "auditor"
)

// reader is what everybody has who works with the loop but does not see its people.
var reader = []Right{SeeFigures, SeeDocument, DoTask, SeeUnit}

// desk is what the offices have that keep files themselves.
var desk = []Right{SeeIdentity, EditIdentity, SeeFile, OpenFile, RecordBranch, SeeRating, DeclareSource,
	ProposeTarget, HoldSession, SeeUnion, SeeClass, NameLearner}

// base is what a committee at the base has besides.
var base = []Right{RecordBase, ConfirmSource, AssignTarget}

var rightsOf = map[Role][]Right{
	BranchSecretary: slices.Concat(desk, reader),
	BaseOffice:      slices.Concat(desk, base, reader),
	SchoolCommittee: slices.Concat(desk, base, reader),
	OrgBoard: slices.Concat([]Right{SeeIdentity, SeeFile, RecordBoard, SeeRating, CheckSource, AssignTarget, EnterDocument,
		HoldSession, SeeUnion, SeeClass}, reader),
	// The propaganda board sees class lists only (SEC-08), the union the introduction step.
	PropagandaBoard:   slices.Concat([]Right{SeeUnion, SeeClass, ManageClass}, reader),
	UnionOfficer:      slices.Concat([]Right{SeeUnion, RecordUnion}, reader),
	StandingCommittee: slices.Concat([]Right{SeeFile, SeeRating, SeeUnion, SeeClass}, reader),
	Admin:             {SeeUnit, ManageUnit, ManageAccount, ManageSetting},
	Auditor:           {SeeUnit, SeeAudit},
}

// Roles returns every role, in the order of the contract.
func Roles() []Role {
	return []Role{BranchSecretary, BaseOffice, OrgBoard, PropagandaBoard, UnionOfficer,
		StandingCommittee, SchoolCommittee, Admin, Auditor}
}

// Valid reports whether r is a role.
func (r Role) Valid() bool { _, ok := rightsOf[r]; return ok }

// Has reports whether the role carries a right.
func (r Role) Has(right Right) bool { return slices.Contains(rightsOf[r], right) }
