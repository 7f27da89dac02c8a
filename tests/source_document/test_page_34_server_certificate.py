"""Page 34: a server certificate signed with one's own root certificate. (DATACRYPT is read as DATAENCRYPT, as page 35 has it.)"""

from __future__ import annotations

SERVER = """RACDCERT ID(TCP) GENCERT +
SUBJECTSDN ( +
  CN('MVS098 Server Certificate') +
  OU('Z/OS CS V1R11', 'ENS', 'AIM', 'SWG') +
  O('IBM') +
  L('raleigh') +
  SP('NC') +
  C('US')) +
SIZE(1024) +
NOTBEFORE (DATE(2010-02-01)) +
NOTAFTER (DATE(2020-12-31)) +
WITHLABEL('ABCTLS TCPSERV') +
KEYUSAGE(HANDSHAKE DATAENCRYPT DOCSIGN) +
ALTNAME ( +
  DOMAIN('mvs098.tcp.raleigh.ibm.com')) +
SIGNWITH(CERTAUTH LABEL('ABCTLS CA'))"""


def test_the_chain_to_the_root_is_verified_by_openssl(with_ca, openssl):
    with_ca(SERVER)
    for owner, label, file in (("CERTAUTH", "ABCTLS CA", "ca.pem"), ("ID(TCP)", "ABCTLS TCPSERV", "server.pem")):
        with_ca(f"RACDCERT {owner} EXPORT(LABEL('{label}')) DSN('USER1.OUT') FORMAT(CERTB64)")
        (openssl.folder / file).write_bytes(with_ca.datasets["USER1.OUT"])

    verified = openssl("verify", "-attime", "1308729600", "-auth_level", "0", "-CAfile", "ca.pem", "server.pem")
    text = openssl("x509", "-in", "server.pem", "-noout", "-text")

    assert verified == "server.pem: OK\n"
    assert "Digital Signature, Non Repudiation, Key Encipherment, Data Encipherment" in text
    assert "CA:TRUE" not in text


def test_without_the_root_there_is_nothing_to_sign_with(racf):
    assert racf(SERVER, rc=8) == ["IRRD107I No matching certificate was found for this user."]


def test_only_the_authoritys_administrator_may_sign_with_it(with_ca):
    command = SERVER.replace("ID(TCP) ", "")
    assert with_ca(command, user="USER1", rc=8) == ["IRRD101I You are not authorized to issue the RACDCERT command."]

    with_ca("RDEFINE FACILITY IRR.DIGTCERT.GENCERT UACC(NONE)")
    with_ca("PERMIT IRR.DIGTCERT.GENCERT CLASS(FACILITY) ID(USER1) ACCESS(READ)")
    assert with_ca(command, user="USER1", rc=8) == ["IRRD101I You are not authorized to issue the RACDCERT command."]

    with_ca("PERMIT IRR.DIGTCERT.GENCERT CLASS(FACILITY) ID(USER1) ACCESS(CONTROL)")
    assert with_ca(command, user="USER1", rc=8) == ["IRRD101I You are not authorized to issue the RACDCERT command."]
    with_ca("RDEFINE FACILITY IRR.DIGTCERT.ADD UACC(READ)")
    with_ca(command, user="USER1")
