package sshd

import (
	"context"
	"net"
	"strings"
	"sync"
	"time"

	"golang.org/x/crypto/ssh"

	"interlocal/model/failure"
)

// serverVersion is what a server calls itself. Its number changes when windows of
// an older version could no longer join.
const serverVersion = "SSH-2.0-interlocal_1"

// entered is a connection whose guest has logged in.
type entered struct {
	conn     *conn
	channels <-chan ssh.NewChannel
	requests <-chan *ssh.Request
}

// login finds out who is at the other end, within the time there is for it.
func (s *Server) login(nc net.Conn, d Door, who string) (entered, *proof, error) {
	ctx, cancel := context.WithCancel(context.Background())
	proof := &proof{server: s, ctx: ctx}
	if err := nc.SetDeadline(time.Now().Add(s.Limits.Handshake)); err != nil {
		cancel()
		return entered{}, proof, err
	}
	config, err := proof.config(nc, d)
	if err != nil {
		cancel()
		return entered{}, proof, err
	}
	sc, chans, reqs, err := ssh.NewServerConn(nc, config)
	if err == nil {
		err = nc.SetDeadline(time.Time{})
	}
	guest, known := proof.guest()
	if err == nil && !known {
		err = failure.New(failure.Forbidden, "nothing was proved")
	}
	if err != nil {
		cancel()
		return entered{}, proof, err
	}
	c := &conn{server: s, nc: nc, ssh: sc, guest: guest, from: who, since: time.Now(),
		local: d == Private, here: d != Network, ctx: ctx, cancel: cancel, sessions: map[*session]struct{}{}}
	return entered{c, chans, reqs}, proof, nil
}

// proof is what one connection has proved about its guest. It is no part of the
// permissions that the library hands from offer to proof, so that nothing that
// was merely offered can get into it.
type proof struct {
	server *Server
	ctx    context.Context

	mu      sync.Mutex
	found   *Guest
	refused int    // keys offered in vain
	why     error  // why the last of them may not come in
	user    string // the name that was tried
	key     string // fingerprint of the last key offered
}

// refusal is what the log says of a login that came to nothing.
func (p *proof) refusal(err error, d Door, from, port string) refusal {
	p.mu.Lock()
	defer p.mu.Unlock()
	x := refusal{code: codeOf(err, d, p.refused > 0), from: from, port: port, user: p.user, key: p.key,
		reason: err.Error()}
	if p.why != nil {
		x.reason = sentence(p.why)
	}
	return x
}

func (p *proof) guest() (Guest, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found == nil {
		return Guest{}, false
	}
	return *p.found, true
}

func (p *proof) accept(g Guest) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.found = &g
}

// config is how a connection through a door is spoken with.
func (p *proof) config(nc net.Conn, d Door) (*ssh.ServerConfig, error) {
	c := &ssh.ServerConfig{MaxAuthTries: p.server.Limits.Tries + 3, ServerVersion: serverVersion}
	c.Config = algorithms()
	c.AddHostKey(p.server.HostKey)
	if d == Network {
		c.PublicKeyAuthAlgorithms = []string{ssh.KeyAlgoED25519, ssh.KeyAlgoSKED25519, ssh.KeyAlgoSKECDSA256,
			ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521, ssh.KeyAlgoRSASHA256, ssh.KeyAlgoRSASHA512}
		c.PublicKeyCallback = p.offered
		c.VerifiedPublicKeyCallback = p.proved
		c.KeyboardInteractiveCallback = p.lastWords
		return c, nil
	}
	uid, name, err := peer(nc)
	if err != nil {
		return nil, err
	}
	guest, err := p.server.Directory.Account(uid, name)
	c.NoClientAuth = true
	c.NoClientAuthCallback = func(ssh.ConnMetadata) (*ssh.Permissions, error) {
		if err != nil {
			return nil, told(err)
		}
		p.accept(guest)
		return nil, nil
	}
	return c, nil
}

// offered says whether a key may prove itself. A program offers what it has, so
// that a key which may not come in is no failure and nothing is said of it: the
// right one may be next. After as many as may be, none is looked at.
func (p *proof) offered(m ssh.ConnMetadata, key ssh.PublicKey) (*ssh.Permissions, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.user, p.key = m.User(), ssh.FingerprintSHA256(key)
	if p.refused >= p.server.Limits.Tries {
		p.why = failure.New(failure.Forbidden, "more keys were offered than may be; name the one that is yours here: "+
			"ssh -o IdentitiesOnly=yes -i FILE")
		return nil, p.why
	}
	if err := p.server.Directory.Offered(p.user, key); err != nil {
		p.refused++
		p.why = err
		return nil, err
	}
	return nil, nil
}

// proved takes the guest from the key that has proved itself.
func (p *proof) proved(m ssh.ConnMetadata, key ssh.PublicKey, _ *ssh.Permissions, _ string) (*ssh.Permissions, error) {
	from, _, err := net.SplitHostPort(m.RemoteAddr().String())
	if err != nil {
		return nil, told(err)
	}
	guest, err := p.server.Directory.Proved(p.ctx, m.User(), from, key)
	if err != nil {
		return nil, told(err)
	}
	p.accept(guest)
	return nil, nil
}

// lastWords answers the method that programs try when no key of theirs was
// taken. It asks nothing and lets nobody in: it is where a person is told why.
func (p *proof) lastWords(m ssh.ConnMetadata, _ ssh.KeyboardInteractiveChallenge) (*ssh.Permissions, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.user = m.User()
	if p.why != nil {
		return nil, told(p.why)
	}
	return nil, told(failure.New(failure.Forbidden, "people come in here with a key and none was offered; make one "+
		"with: ssh-keygen -t ed25519"))
}

// told is a refusal that the client's user gets to read.
func told(err error) error {
	words := strings.TrimRight(sentence(err), ".\n")
	return &ssh.BannerError{Err: err, Message: "interlocal: " + words + ".\r\n"}
}

// algorithms leaves out what is known to be weak.
func algorithms() ssh.Config {
	return ssh.Config{
		KeyExchanges: []string{ssh.KeyExchangeMLKEM768X25519, ssh.KeyExchangeCurve25519, "curve25519-sha256@libssh.org",
			ssh.KeyExchangeDH16SHA512},
		Ciphers: []string{ssh.CipherAES128GCM, ssh.CipherAES256GCM, ssh.CipherChaCha20Poly1305,
			ssh.CipherAES256CTR, ssh.CipherAES192CTR, ssh.CipherAES128CTR},
		MACs: []string{ssh.HMACSHA256ETM, ssh.HMACSHA512ETM},
	}
}
