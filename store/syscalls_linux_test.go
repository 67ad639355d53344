package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"
)

// diskOp is one thing that a process asked of the disk.
type diskOp struct {
	do   string // "make", "write", "cut", "sync", "mkdir", "link", "move", "remove", "sync folder", "say"
	file int    // which file, whatever its name
	path string // of a name: the new one; of "say": the words
	from string // of "move": the old name
	off  int64  // of "cut": the new size
	data []byte
	at   int // its place in the order
}

// watcher runs a process and writes down every system call by which it changes
// files below a folder, in order, with what was written. It sees what bbolt and
// the store really ask of the kernel, so that nothing has to be believed of either.
type watcher struct {
	t     *testing.T
	root  string
	pgid  int
	calls map[int]sysCall // by thread, between entry and exit
	fds   map[int]string  // names as they were opened, "" for what is elsewhere
	files map[int]int     // open files, by descriptor
	names map[string]int  // of files
	last  int
	ops   []diskOp
}

// sysCall is a system call that a thread is in.
type sysCall struct {
	nr   uint64
	args [6]uint64
	path [2]string
}

// callInfo is what the kernel tells of a stop: struct ptrace_syscall_info.
type callInfo struct {
	op   uint8
	_    [3]uint8
	arch uint32
	_    [2]uint64
	nr   uint64 // at an exit: the result
	args [6]uint64
}

// watchDisk runs this binary as a helper on a folder and gives what it did there. A
// machine that does not let a process be watched skips the test.
func watchDisk(t *testing.T, root string, env ...string) []diskOp {
	t.Helper()
	runtime.LockOSThread() // the kernel takes orders from the thread that began
	defer runtime.UnlockOSThread()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{Ptrace: true, Setpgid: true}
	if err := cmd.Start(); err != nil {
		if errors.Is(err, syscall.EPERM) {
			t.Skip("no process may be watched here")
		}
		t.Fatal(err)
	}
	w := &watcher{t: t, root: root, pgid: cmd.Process.Pid, calls: map[int]sysCall{}, fds: map[int]string{},
		files: map[int]int{}, names: map[string]int{}}
	w.present()
	if code := w.run(); code != 0 {
		t.Fatalf("the helper ended with %d: %+v", code, w.ops[max(0, len(w.ops)-1):])
	}
	w.compare()
	return w.ops
}

// present takes over what the folder holds at first.
func (w *watcher) present() {
	filepath.WalkDir(w.root, func(path string, d os.DirEntry, err error) error {
		switch data, _ := os.ReadFile(path); {
		case path == w.root:
		case d.IsDir():
			w.add(diskOp{do: "mkdir", path: path}, diskOp{do: "sync folder", path: filepath.Dir(path)})
		default:
			n := w.file(path)
			w.add(diskOp{do: "make", file: n, path: path}, diskOp{do: "write", file: n, data: data},
				diskOp{do: "sync", file: n}, diskOp{do: "sync folder", path: filepath.Dir(path)})
		}
		return err
	})
}

func (w *watcher) add(ops ...diskOp) { w.ops = append(w.ops, ops...) }

func (w *watcher) file(path string) int {
	w.last++
	w.names[path] = w.last
	return w.last
}

// run lets the process go from system call to system call until it ends.
func (w *watcher) run() int {
	var status syscall.WaitStatus
	for began := false; ; {
		tid, err := syscall.Wait4(-w.pgid, &status, syscall.WALL, nil)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			w.t.Fatal(err)
		}
		if status.Exited() || status.Signaled() {
			if tid == w.pgid {
				return status.ExitStatus()
			}
			continue
		}
		signal := 0
		switch stop := status.StopSignal(); {
		case !began:
			began = true
			const exitKill = 0x100000
			if err := syscall.PtraceSetOptions(tid, syscall.PTRACE_O_TRACECLONE|syscall.PTRACE_O_TRACESYSGOOD|
				exitKill); err != nil {
				w.t.Fatal(err)
			}
		case stop == syscall.SIGTRAP|0x80:
			w.stopped(tid)
		case stop != syscall.SIGTRAP && stop != syscall.SIGSTOP:
			signal = int(stop)
		}
		if err := syscall.PtraceSyscall(tid, signal); err != nil && err != syscall.ESRCH {
			w.t.Fatal(err)
		}
	}
}

// stopped looks at a thread that enters or leaves a system call.
func (w *watcher) stopped(tid int) {
	var info callInfo
	if _, _, err := syscall.RawSyscall6(syscall.SYS_PTRACE, unix.PTRACE_GET_SYSCALL_INFO, uintptr(tid),
		unsafe.Sizeof(info), uintptr(unsafe.Pointer(&info)), 0, 0); err != 0 {
		w.t.Fatal("this kernel does not tell what a process does: ", err)
	}
	switch info.op {
	case unix.PTRACE_SYSCALL_INFO_ENTRY:
		c := sysCall{nr: info.nr, args: info.args}
		switch c.nr {
		case unix.SYS_OPENAT, unix.SYS_UNLINKAT, unix.SYS_MKDIRAT:
			c.path[0] = w.text(tid, c.args[1])
		case unix.SYS_RENAMEAT, unix.SYS_RENAMEAT2, unix.SYS_LINKAT:
			c.path = [2]string{w.text(tid, c.args[1]), w.text(tid, c.args[3])}
		}
		w.calls[tid] = c
	case unix.PTRACE_SYSCALL_INFO_EXIT:
		if c, ok := w.calls[tid]; ok && int64(info.nr) >= 0 {
			w.done(tid, c, int64(info.nr))
		}
		delete(w.calls, tid)
	}
}

// text reads a path out of the memory of a process.
func (w *watcher) text(tid int, at uint64) string {
	raw := w.memory(tid, at, 4096)
	if n := bytes.IndexByte(raw, 0); n >= 0 {
		return string(raw[:n])
	}
	return ""
}

func (w *watcher) memory(tid int, at uint64, size int) []byte {
	f, err := os.Open(fmt.Sprintf("/proc/%d/mem", tid))
	if err != nil {
		w.t.Fatal(err)
	}
	defer f.Close()
	raw := make([]byte, size)
	n, _ := f.ReadAt(raw, int64(at)) // short at the end of a mapping
	return raw[:n]
}

// done takes over a system call that has succeeded.
func (w *watcher) done(tid int, c sysCall, result int64) {
	fd := int(c.args[0])
	switch c.nr {
	case unix.SYS_OPENAT:
		w.opened(c, int(result))
	case unix.SYS_CLOSE:
		delete(w.fds, fd)
		delete(w.files, fd)
	case unix.SYS_WRITE:
		if fd == 1 {
			w.add(diskOp{do: "say", path: string(w.memory(tid, c.args[1], int(result)))})
			return
		}
		w.wrote(tid, fd, -1, result)
	case unix.SYS_PWRITE64:
		w.wrote(tid, fd, int64(c.args[3]), result)
	case unix.SYS_COPY_FILE_RANGE, unix.SYS_SPLICE:
		w.wrote(tid, int(c.args[2]), -1, result)
	case unix.SYS_SENDFILE:
		w.wrote(tid, fd, -1, result)
	case unix.SYS_FTRUNCATE:
		if n := w.files[fd]; n != 0 {
			w.add(diskOp{do: "cut", file: n, off: int64(c.args[1])})
		}
	case unix.SYS_FSYNC, unix.SYS_FDATASYNC:
		if n := w.files[fd]; n != 0 {
			w.add(diskOp{do: "sync", file: n})
		} else if path := w.fds[fd]; path != "" {
			w.add(diskOp{do: "sync folder", path: path})
		}
	default:
		w.named(c)
	}
}

func (w *watcher) inside(path string) bool {
	return path == w.root || strings.HasPrefix(path, w.root+string(filepath.Separator))
}

func (w *watcher) opened(c sysCall, fd int) {
	path := filepath.Clean(c.path[0])
	delete(w.files, fd)
	if w.fds[fd] = ""; !w.inside(path) {
		return
	}
	w.fds[fd] = path
	n := w.names[path]
	if n == 0 && c.args[2]&unix.O_CREAT != 0 {
		n = w.file(path)
		w.add(diskOp{do: "make", file: n, path: path})
	}
	if w.files[fd] = n; n != 0 && c.args[2]&unix.O_TRUNC != 0 {
		w.add(diskOp{do: "cut", file: n})
	}
}

// wrote reads what was written from the file itself; off is -1 for where it stood.
func (w *watcher) wrote(tid, fd int, off, size int64) {
	n := w.files[fd]
	if n == 0 || size == 0 {
		return
	}
	if off < 0 {
		info, err := os.ReadFile(fmt.Sprintf("/proc/%d/fdinfo/%d", tid, fd))
		if err != nil {
			w.t.Fatal(err)
		}
		fmt.Sscanf(string(info), "pos: %d", &off)
		off -= size
	}
	f, err := os.Open(fmt.Sprintf("/proc/%d/fd/%d", tid, fd))
	if err != nil {
		w.t.Fatal(err)
	}
	defer f.Close()
	data := make([]byte, size)
	if _, err := io.ReadFull(io.NewSectionReader(f, off, size), data); err != nil {
		w.t.Fatal(err)
	}
	w.add(diskOp{do: "write", file: n, off: off, data: data})
}

// named takes over what changes names.
func (w *watcher) named(c sysCall) {
	a, b := filepath.Clean(c.path[0]), filepath.Clean(c.path[1])
	switch c.nr {
	case unix.SYS_MKDIRAT:
		if w.inside(a) {
			w.add(diskOp{do: "mkdir", path: a})
		}
	case unix.SYS_UNLINKAT:
		if n := w.names[a]; n != 0 {
			delete(w.names, a)
			w.add(diskOp{do: "remove", file: n, path: a})
		}
	case unix.SYS_LINKAT:
		if n := w.names[a]; n != 0 {
			w.names[b] = n
			w.add(diskOp{do: "link", file: n, path: b})
		}
	case unix.SYS_RENAMEAT, unix.SYS_RENAMEAT2:
		if n := w.names[a]; n != 0 {
			delete(w.names, a)
			w.names[b] = n
			w.add(diskOp{do: "move", file: n, path: b, from: a})
		}
	}
}

// compare makes sure that nothing was overlooked: all that was seen, done again, has
// to give the files that are there.
func (w *watcher) compare() {
	w.t.Helper()
	d := newDisk(w.root)
	for _, op := range w.ops {
		d.take(op)
	}
	got := d.after(everything)
	n := 0
	filepath.WalkDir(w.root, func(path string, e os.DirEntry, err error) error {
		if !e.IsDir() {
			n++
			if data, _ := os.ReadFile(path); !bytes.Equal(got[path], data) {
				w.t.Errorf("what was seen of %s does not lead to it: %d bytes of %d", path, len(got[path]), len(data))
			}
		}
		return err
	})
	if n != len(got) {
		w.t.Errorf("%d files were seen, and there are %d", len(got), n)
	}
	if binary.Size(callInfo{}) != 80 {
		w.t.Error("what the kernel tells of a system call has another size")
	}
}
