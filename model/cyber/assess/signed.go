package assess

import (
	"interlocal/model/cyber"
	"interlocal/model/cyber/release"
	"interlocal/model/failure"
	"interlocal/model/field"
	"interlocal/model/partnership"
	"interlocal/model/value"
)

// Signer tells which city's assessor holds a key that may sign, and their login.
// Who has which key is no matter of the answers, so it is handed in.
type Signer func(r field.Reader, fingerprint string, today value.Day) (partnership.PartnerID, string, error)

// TakeIn names the act by which a release comes in: by its signature where it has
// one and there are logins that could have made it, or else by its own city's.
func TakeIn(r field.Reader, text string) string {
	if logins, ok := r.(interface{ Logins() bool }); ok && logins.Logins() && release.Signed(text) {
		return "release.take-signed"
	}
	return "release.take-in"
}

func signedAct(signer Signer) *field.Act {
	return field.ActOn[field.Alone, Packet]{Name: "release.take-signed", Title: "Take in a signed release",
		Effect: field.Final, Makes: "cycles", Trusted: true, // by whoever may change shared records
		Help: "Takes in a release that its city has signed with a key of one of its assessors, whoever hands " +
			"it in. The city sees it at once and can call it back; results wait a week for that, or until an " +
			"assessor of it stands by it.",
		Args: packetFields(), May: ofSomeCity,
		History: func(v field.Viewpoint, _ *field.Alone, p *Packet) string {
			if read, err := release.Read([]byte(p.Text)); err == nil {
				return "take in the signed release of " + read.City
			}
			return "take in a signed release"
		},
		Do: func(w field.Writer, _ *field.Alone, p *Packet, _ any) (done field.Result, err error) {
			err = field.OnBehalf(w, func(w field.Writer) error { done, err = takeSigned(w, p, signer); return err })
			return done, err
		}}.Act()
}

// takeSigned takes in a release on the word of its signature.
func takeSigned(w field.Writer, p *Packet, signer Signer) (field.Result, error) {
	read, v, err := p.read(w)
	if err != nil {
		return field.Result{}, err
	}
	key, err := release.SignedBy(p.Text)
	if err != nil {
		return field.Result{}, err
	}
	if signer == nil {
		return field.Result{}, failure.New(failure.Forbidden, "nobody's key is known here")
	}
	city, login, err := signer(w, key, w.Now().Day())
	switch {
	case err != nil:
		return field.Result{}, err
	case city != v.Partner:
		return field.Result{}, failure.New(failure.Forbidden, "the release is of "+read.City+", and the key that "+
			"signed it "+
			"is of "+cityName(w, city)+"; "+ownLoginOnly)
	}
	part := field.Get(w, v.Cycle).City(v.Partner)
	if part != nil && part.Recalled.Set && v.Made.V <= part.Recalled.V {
		return field.Result{}, failure.New(failure.Forbidden, read.City+" called a release back on "+
			part.Recalled.V.Long()+", and this one is no younger; ask its assessor to hand it in")
	}
	v.Proof = cyber.ProofByKey + key + " of " + login
	return put(w, read, v, "Took in the signed release of "+read.City+".")
}

// read reads a packet as a release of this file.
func (p *Packet) read(w field.Writer) (*release.Packet, *cyber.Release, error) {
	read, err := release.Read([]byte(p.Text))
	if err != nil {
		return nil, nil, err
	}
	v, err := read.Into(w, p.Cycle)
	return read, v, err
}

// put stores a release that has come in.
func put(w field.Writer, read *release.Packet, v *cyber.Release, done string) (field.Result, error) {
	if cyber.ReleaseOf(w, v.Cycle, v.Partner) != nil {
		return shared(w, v.Cycle, "A release of "+read.City+" was here already and stays; "+
			"its assessor takes it back before another comes in.")
	}
	if _, err := field.Put(w, v); err != nil {
		return field.Result{}, err
	}
	return shared(w, v.Cycle, done)
}
