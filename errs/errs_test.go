package errs

import (
	"errors"
	"fmt"
	"testing"
)

func TestEveryKindHasAFace(t *testing.T) {
	t.Parallel()
	for k := Internal; k <= TooMany; k++ {
		if k.Status() < 400 || k.String() == "" {
			t.Errorf("kind %d: status %d, name %q", k, k.Status(), k)
		}
	}
}

func TestAnErrorOfOthersIsInternal(t *testing.T) {
	t.Parallel()
	cause := errors.New("disk")
	if got := As(fmt.Errorf("save: %w", cause)); got.Kind != Internal || !errors.Is(got, cause) {
		t.Errorf("got %v of kind %s", got, got.Kind)
	}
}

func TestAnErrorKeepsKeyFieldAndCauseHoweverItIsWrapped(t *testing.T) {
	t.Parallel()
	cause := errors.New("no such day")
	err := fmt.Errorf("open: %w", E(Invalid, "file.birth", "day", "31/02").On("birth_date").Because(cause))
	e := As(err)
	if e.Key != "file.birth" || e.Field != "birth_date" || e.Args["day"] != "31/02" || !errors.Is(err, cause) || KindOf(err) != Invalid {
		t.Errorf("got %+v", e)
	}
}
