package release

import (
	"strings"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"

	"interlocal/model/failure"
)

// Namespace is what a release's signature is for, so that one made for
// something else never counts: ssh-keygen -Y sign -n interlocal-release.
const Namespace = "interlocal-release"

// signatureHead begins the signature that may stand behind a release.
const signatureHead = "-----BEGIN SSH SIGNATURE-----"

// Signed reports whether a signature stands behind a release.
func Signed(text string) bool { return strings.Contains(text, signatureHead) }

// SignedBy gives the fingerprint of the key whose signature stands behind a
// release. The signature is over the lines as the program writes them, so that
// what mail does to line ends does not matter.
func SignedBy(text string) (fingerprint string, err error) {
	body, armored := cutSignature(text)
	sig, err := sshsig.Unarmor([]byte(armored))
	if err == nil {
		err = sshsig.Verify(strings.NewReader(strings.Join(plainLines(body), "\n")+"\n"), sig, sig.PublicKey,
			sig.HashAlgorithm, Namespace)
	}
	if err != nil {
		return "", &failure.Error{Code: failure.Invalid, Cause: err, Message: "the signature does not fit the " +
			"release; ask " +
			"the city to sign it again with: ssh-keygen -Y sign -n " + Namespace + " -f KEY FILE"}
	}
	return ssh.FingerprintSHA256(sig.PublicKey), nil
}

// cutSignature parts a release from the signature behind it.
func cutSignature(text string) (body, armored string) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if i := strings.Index(text, signatureHead); i >= 0 {
		return text[:i], text[i:]
	}
	return text, ""
}
