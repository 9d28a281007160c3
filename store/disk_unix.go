//go:build linux || darwin || freebsd

package store

import (
	"path/filepath"
	"syscall"
)

// freeMiB returns the space that is left on the disk of a file, in MiB.
func freeMiB(path string) (free uint64, known bool, err error) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(filepath.Dir(path), &st); err != nil {
		return 0, false, err
	}
	return uint64(st.Bavail) * uint64(st.Bsize) >> 20, true, nil //nolint:gosec,unconvert // G115: neither is negative; the types differ by system
}
