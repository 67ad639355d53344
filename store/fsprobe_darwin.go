package store

import "golang.org/x/sys/unix"

// probeFilesystem asks the kernel what holds a folder.
func probeFilesystem(dir string) (Filesystem, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return Filesystem{}, err
	}
	name := unix.ByteSliceToString(st.Fstypename[:])
	return Filesystem{Name: name, Network: st.Flags&unix.MNT_LOCAL == 0 || isNetworkType(name),
		Left: int64(st.Bavail) * int64(st.Bsize)}, nil
}
