package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"

	"interlocal/model/access"
	"interlocal/model/accounts"
	"interlocal/model/cyber"
	"interlocal/model/cyber/framework"
	"interlocal/model/cyber/release"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/store"
)

// ownFile gives the release that a city made in a file of its own.
func ownFile(t *testing.T, city partnership.PartnerID, level cyber.Level) string {
	own := newRegion(t)
	own.answer(city, func(partnership.PartnerID, string) cyber.Level { return level })
	o := *own.o
	o.host = &Host{Store: own.st, Identity: access.Alone("dana")}
	return o.must("assess", "packet", "--partner", partnership.PartnerName(own.st.As(access.Alone("k")).View(), city))
}

// pen makes a key that signs.
func (r *reading) pen(name string) (line string, sign func(text, namespace string) string) {
	pub, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		r.Fatal(err)
	}
	signer, _ := ssh.NewSignerFromKey(private)
	r.key[name], _ = ssh.NewPublicKey(pub)
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(r.key[name]))), func(text, namespace string) string {
		sig, err := sshsig.Sign(strings.NewReader(text), signer, sshsig.HashSHA512, namespace)
		if err != nil {
			r.Fatal(err)
		}
		return text + string(sshsig.Armor(sig))
	}
}

// cycle gives the shared file the cycle that the cities' own files have, and a
// coordinator who is signed in.
func (r *reading) cycle() *region {
	rg := &region{t: r.T, o: r.o, st: r.o.host.Store}
	rg.update(access.Alone("k"), func(tx *store.Tx) (err error) {
		rg.y, err = field.Put(tx, &cyber.Cycle{Year: 2027, Framework: framework.CSF20})
		return err
	})
	rg.must(access.Alone("k"), "cycle.invite", uint64(rg.y), nil)
	return rg
}

// TestASignedReleaseSpeaksForItsCity: whoever hands it in, a release counts that
// bears the signature of a key which its city has agreed to and had for a week;
// the city sees it and calls it back, and then the same comes in no more.
func TestASignedReleaseSpeaksForItsCity(t *testing.T) {
	r := newReading(t)
	r.cycle()
	text := ownFile(t, viewerCity, cyber.PartlyStandard)
	line, lee := r.pen("lee")
	_, stranger := r.pen("stranger")
	r.o.run("user", "add", "lee", "--city", "raytown", "--role", "assessor", line).wants(t, exitDone)
	coordinator := access.Identity{User: "m", Name: "Mel", Role: access.Coordinator, Partner: field.Party(marcID)}
	hands := func(text string) said {
		admin := r.o.host.Identity
		defer func() { r.o.host.Identity = admin }()
		r.o.host.Identity = coordinator
		return r.o.feed(text, "import", "release", "-")
	}
	signed := lee(text, release.Namespace)
	hands(text).wants(t, exitFailed, "only from its own city's login")
	hands(signed).wants(t, exitFailed, "waits for the yes of its city")
	code := r.o.run("user", "code", "lee").out
	r.o.now = r.o.now.Add(accounts.OrphanDays * 24 * time.Hour)
	r.by("lee", "user", "confirm", codeForm.FindString(code)).wants(t, exitDone)
	hands(signed).wants(t, exitFailed, "younger than seven days")
	r.o.now = r.o.now.Add(8 * 24 * time.Hour)
	hands(stranger(text, release.Namespace)).wants(t, exitFailed, "no assessor's here")
	hands(lee(text, "file")).wants(t, exitFailed, "does not fit the release")
	hands(strings.Replace(signed, "Made by: ", "Made by: x", 1)).wants(t, exitFailed, "does not fit its seal")
	body := strings.Replace(text[:strings.Index(text, "Seal: ")], "PR.AA-01", "PR.AA-02", 1)
	resealed := body + "Seal: " + cyber.SealText(body) + "\n"
	hands(resealed+signed[len(text):]).wants(t, exitFailed, "does not fit the release")
	hands(strings.ReplaceAll(signed, "\n", "\r\n")).wants(t, exitDone, "Took in the signed release of Raytown")
	r.by("lee", "overview").wants(t, exitDone, "came in by the key", "called back until results are shared")
	r.by("lee", "history", "releases", "1").wants(t, exitDone, "take in the signed release of Raytown", "Mel")
	r.by("lee", "assess", "unrelease").wants(t, exitDone, "Taken back")
	hands(signed).wants(t, exitFailed, "called a release back")
	r.o.feed("year,cities\n2027,\"Raytown | takes part | | | \"\n", "import", "cycles", "-").
		wants(t, exitFailed, "noted by the program")
}

// TestTheCommandThatSigns: what ssh-keygen -Y sign writes beside the file, put behind it.
func TestTheCommandThatSigns(t *testing.T) {
	keygen, err := exec.LookPath("ssh-keygen")
	if err != nil {
		t.Skip("ssh-keygen is not installed here")
	}
	dir := t.TempDir()
	key, file := filepath.Join(dir, "id"), filepath.Join(dir, "release.txt")
	text := ownFile(t, viewerCity, cyber.PartlyStandard)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"-q", "-t", "ed25519", "-N", "", "-f", key},
		{"-q", "-Y", "sign", "-n", release.Namespace, "-f", key, file}} {
		if out, err := exec.Command(keygen, args...).CombinedOutput(); err != nil {
			t.Fatalf("%s %v", out, err)
		}
	}
	pub, _ := os.ReadFile(key + ".pub")
	r := newReading(t)
	r.cycle()
	r.o.run("user", "add", "lee", "--city", "raytown", "--role", "assessor", string(pub)).wants(t, exitDone)
	r.key["lee"], _, _, _, _ = ssh.ParseAuthorizedKey(pub)
	code := r.o.run("user", "code", "lee").out
	r.o.now = r.o.now.Add(accounts.OrphanDays * 24 * time.Hour)
	r.by("lee", "user", "confirm", codeForm.FindString(code)).wants(t, exitDone)
	r.o.now = r.o.now.Add(8 * 24 * time.Hour)
	sig, _ := os.ReadFile(file + ".sig")
	r.o.feed(text+string(sig), "import", "release", "-").wants(t, exitDone, "Took in the signed release of Raytown")
}

// TestAReleaseThatContradictsWhatIsHosted is refused, whoever signed it.
func TestAReleaseThatContradictsWhatIsHosted(t *testing.T) {
	r := newReading(t)
	rg := r.cycle()
	rg.answer(viewerCity, func(partnership.PartnerID, string) cyber.Level { return cyber.InProcess })
	other, same := ownFile(t, viewerCity, cyber.PartlyStandard), ownFile(t, viewerCity, cyber.InProcess)
	r.o.host.Identity = assessorOf(viewerCity)
	r.o.feed(other, "import", "release", "-").wants(t, exitFailed, "contradicts the assessment of Raytown")
	r.o.feed(same, "import", "release", "-").wants(t, exitDone, "Took in the release of Raytown")
}

// TestResultsWaitForACityThatSigned a week after somebody else handed its release in,
// in which it can be called back, or until its assessor stands by it.
func TestResultsWaitForACityThatSigned(t *testing.T) {
	text := ownFile(t, viewerCity, cyber.PartlyStandard)
	for _, confirms := range []bool{true, false} {
		r := newReading(t)
		rg := r.cycle()
		for p := partnership.PartnerID(1); p < viewerCity; p++ {
			rg.answer(p, func(partnership.PartnerID, string) cyber.Level { return cyber.PartlyStandard })
			if err := rg.release(p); err != nil {
				t.Fatal(err)
			}
		}
		line, lee := r.pen("lee")
		r.o.run("user", "add", "lee", "--city", "raytown", "--role", "assessor", line).wants(t, exitDone)
		code := codeForm.FindString(r.o.run("user", "code", "lee").out)
		r.o.now = r.o.now.Add(accounts.OrphanDays * 24 * time.Hour)
		r.by("lee", "user", "confirm", code).wants(t, exitDone)
		r.o.now = r.o.now.Add(accounts.SigningDays * 24 * time.Hour)
		hands := *r.o
		hands.host = &Host{Store: r.o.host.Store, Identity: mel()}
		hands.feed(lee(text, release.Namespace), "import", "release", "-").
			wants(t, exitDone, "All have released", "can be called back until then")
		hands.run("list", "publications", "--json").wants(t, exitDone, "[]")
		hands.run("cycle", "share", "1").wants(t, exitDone, "can be called back until then")
		hands.feed("year,cities\n2027,\"Raytown | takes part\"\n", "import", "cycles", "-").wants(t, exitFailed)
		hands.run("release", "confirm", "#5").wants(t, exitFailed)
		r.by("lee", "overview").wants(t, exitDone, "unless an assessor stands by it")
		if confirms {
			r.by("lee", "assess", "confirm").wants(t, exitDone, "Raytown stands by its release", "are shared")
			r.by("lee", "assess", "confirm").wants(t, exitFailed, "nothing waits")
		} else {
			r.o.now = r.o.now.Add(cyber.PauseDays * 24 * time.Hour)
			hands.now = r.o.now
			hands.run("overview").wants(t, exitDone, "the results can be shared from")
			hands.run("cycle", "share", "1").wants(t, exitDone, "are shared")
		}
		hands.run("list", "publications").wants(t, exitDone, "PR")
	}
}
