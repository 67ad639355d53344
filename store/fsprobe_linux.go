package store

import (
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// probeFilesystem asks the kernel what holds a folder.
func probeFilesystem(dir string) (Filesystem, error) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return Filesystem{}, err
	}
	name := magicName(int64(st.Type))
	if name == "" || name == "fuse" {
		if mounted := mountType(dir); mounted != "" {
			name = mounted
		}
	}
	return Filesystem{Name: name, Network: isNetworkType(name), Left: int64(st.Bavail) * int64(st.Bsize)}, nil
}

// magicName names the file systems that matter here; the numbers are those of
// the kernel's magic.h.
func magicName(magic int64) string {
	switch uint32(magic) {
	case unix.NFS_SUPER_MAGIC:
		return "nfs"
	case unix.SMB_SUPER_MAGIC:
		return "smb"
	case unix.CIFS_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC:
		return "cifs"
	case unix.V9FS_MAGIC:
		return "9p"
	case unix.AFS_SUPER_MAGIC, unix.AFS_FS_MAGIC:
		return "afs"
	case unix.CEPH_SUPER_MAGIC:
		return "ceph"
	case unix.CODA_SUPER_MAGIC:
		return "coda"
	case unix.NCP_SUPER_MAGIC:
		return "ncp"
	case unix.FUSE_SUPER_MAGIC:
		return "fuse"
	}
	return ""
}

// mountType finds the type of the mount that holds a folder; "" when it cannot
// be told.
func mountType(dir string) string {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	data, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return ""
	}
	best, name := "", ""
	for line := range strings.SplitSeq(string(data), "\n") {
		left, right, ok := strings.Cut(line, " - ")
		fields, types := strings.Fields(left), strings.Fields(right)
		if !ok || len(fields) < 5 || len(types) == 0 {
			continue
		}
		point := strings.ReplaceAll(fields[4], `\040`, " ")
		inside := point == "/" || dir == point || strings.HasPrefix(dir, point+"/")
		if inside && len(point) >= len(best) {
			best, name = point, types[0]
		}
	}
	return name
}
