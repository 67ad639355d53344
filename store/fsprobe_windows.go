package store

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// probeFilesystem asks Windows what sort of drive holds a folder.
func probeFilesystem(dir string) (Filesystem, error) {
	full, err := filepath.Abs(dir)
	if err != nil {
		return Filesystem{}, err
	}
	volume := filepath.VolumeName(full)
	if strings.HasPrefix(volume, `\\`) {
		return Filesystem{Name: "a network share", Network: true}, nil
	}
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err != nil {
		return Filesystem{}, err
	}
	if windows.GetDriveType(root) == windows.DRIVE_REMOTE {
		return Filesystem{Name: "a network drive", Network: true}, nil
	}
	return Filesystem{Name: "a local drive"}, nil
}
