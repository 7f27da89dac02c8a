"""RACDCERT beyond the source document: key types, formats, renewal, filters, trust, authority."""

from __future__ import annotations

import subprocess

import pytest

from saf.digtcert import packages
from saf.digtcert.display import certificate_id


def pem(racf, owner, label, form="CERTB64", extra=""):
    racf(f"RACDCERT {owner} EXPORT(LABEL('{label}')) DSN('X.OUT') FORMAT({form}) {extra}")
    return racf.datasets["X.OUT"]


def text_of(contents):
    return subprocess.run(["openssl", "x509", "-noout", "-text"], input=contents, capture_output=True, check=True).stdout.decode()


@pytest.fixture
def ca(racf):
    racf("RACDCERT CERTAUTH GENCERT SUBJECTSDN(CN('CA') O('IBM')) WITHLABEL('CA') NOTAFTER(DATE(2030-12-31))")
    racf.user("USER1")
    return racf


@pytest.mark.parametrize(
    ("operands", "shown"),
    [
        ("", "Public-Key: (2048 bit)"),
        ("RSA SIZE(3072)", "Public-Key: (3072 bit)"),
        ("NISTECC", "ASN1 OID: prime256v1"),
        ("NISTECC SIZE(384)", "ASN1 OID: secp384r1"),
        ("BPECC SIZE(256)", "ASN1 OID: brainpoolP256r1"),
    ],
)
def test_keys_are_of_the_kind_and_size_asked_for(racf, operands, shown):
    racf(f"RACDCERT GENCERT SUBJECTSDN(CN('X')) WITHLABEL('X') {operands}")

    assert shown in text_of(pem(racf, "", "X"))


def test_all_key_usages_and_alternative_names(racf):
    usage = "KEYUSAGE(HANDSHAKE,DATAENCRYPT,DOCSIGN,KEYAGREE)"
    names = "ALTNAME(IP(10.1.2.3) DOMAIN('a.example' 'b.example') EMAIL('me@example.com') URI('ftp://x'))"
    racf(f"RACDCERT GENCERT SUBJECTSDN(CN('X') T('Dr') OU('A','B') O('O') L('L') SP('S') C('US')) WITHLABEL('X') {usage} {names}")

    shown = text_of(pem(racf, "", "X"))

    assert "Digital Signature, Non Repudiation, Key Encipherment, Data Encipherment, Key Agreement" in shown
    assert "IP Address:10.1.2.3, DNS:a.example, DNS:b.example, email:me@example.com, URI:ftp://x" in shown
    lines = racf("RACDCERT LIST(LABEL('X'))")
    assert "       >CN=X.T=Dr.OU=A.OU=B.O=O.L=L.SP=S.C=US<" in lines
    assert "    EMail: me at example.com" in lines


@pytest.mark.parametrize(
    ("operands", "line", "rc"),
    [
        ("SUBJECTSDN(CN('X')) SIZE(512)", "IKJ56702I INVALID SIZE, 512", 12),
        ("SUBJECTSDN(CN('X')) NISTECC SIZE(333)", "IKJ56702I INVALID SIZE, 333", 12),
        ("SUBJECTSDN(CN('X')) DSA", "IKJ56712I INVALID KEYWORD, DSA", 12),
        ("SUBJECTSDN(CN('X')) RSA(PKDS)", "IKJ56712I INVALID KEYWORD, PKDS", 12),
        ("SUBJECTSDN(C('USA'))", "IKJ56702I INVALID C, USA", 12),
        ("WITHLABEL('X')", "IKJ56701I MISSING SUBJECTSDN", 12),
        ("SUBJECTSDN(CN('X')) KEYUSAGE(SOME)", "IKJ56702I INVALID KEYUSAGE, SOME", 12),
        (
            "SUBJECTSDN(CN('X')) NOTAFTER(DATE(1999-01-01))",
            "IRRD133I The NOTBEFORE value must be earlier than the NOTAFTER value. The certificate is not created.",
            8,
        ),
        ("SUBJECTSDN(CN('X')) NOTAFTER(DATE(2030-13-01))", "IKJ56702I INVALID NOTAFTER, 2030-13-01 23:59:59", 12),
        ("SUBJECTSDN(CN('X')) WITHLABEL('CA2')", "IRRD111I Label CA2 is already in use.", 8),
    ],
)
def test_what_no_certificate_can_be_is_refused(racf, operands, line, rc):
    racf("RACDCERT GENCERT SUBJECTSDN(CN('CA2')) WITHLABEL('CA2') NISTECC")

    assert racf(f"RACDCERT GENCERT {operands}", rc=rc)[-1] == line


def test_a_certificate_without_label_gets_the_next_one(racf):
    assert racf("RACDCERT GENCERT SUBJECTSDN(CN('X')) NISTECC") == [
        "IRRD199I Certificate with label 'LABEL00000001' is added for user IBMUSER."
    ]
    racf("RACDCERT GENCERT SUBJECTSDN(CN('Y')) NISTECC")

    assert "  Label: LABEL00000002" in racf("RACDCERT LIST")


def test_serial_numbers_of_an_authority_count_up(ca):
    for name in "AB":
        ca(f"RACDCERT ID(USER1) GENCERT SUBJECTSDN(CN('{name}')) WITHLABEL('{name}') NISTECC SIGNWITH(CERTAUTH LABEL('CA'))")
    ca("RACDCERT ID(USER1) DELETE(LABEL('B'))")
    ca("RACDCERT ID(USER1) GENCERT SUBJECTSDN(CN('C')) WITHLABEL('C') NISTECC SIGNWITH(CERTAUTH LABEL('CA'))")

    assert "       >04<" in ca("RACDCERT ID(USER1) LIST(LABEL('C'))")


@pytest.mark.parametrize("form", ["CERTB64", "CERTDER", "PKCS7B64", "PKCS7DER", "PKCS12B64", "PKCS12DER"])
def test_every_format_written_is_read_again(ca, form, tmp_path):
    ca("RACDCERT ID(USER1) GENCERT SUBJECTSDN(CN('X')) WITHLABEL('X') NISTECC SIGNWITH(CERTAUTH LABEL('CA'))")
    password = "PASSWORD('secret')" if "12" in form else ""
    contents = pem(ca, "ID(USER1)", "X", form, password)
    ca("RACDCERT ID(USER1) DELETE(LABEL('X'))")

    ca(f"RACDCERT ID(USER1) ADD('X.OUT') TRUST WITHLABEL('again') {password}")

    lines = ca("RACDCERT ID(USER1) LIST(LABEL('again'))")
    assert "       >CN=X<" in lines
    assert f"  Private Key: {'YES' if '12' in form else 'NO'}" in lines
    package = packages.read(contents, "secret" if "12" in form else None)
    assert len(package.chain) == (0 if "CERT" in form else 1)


def test_fixed_records_with_padding_are_read(ca):
    der = pem(ca, "CERTAUTH", "CA", "CERTDER")
    padded = der.ljust((len(der) // 80 + 1) * 80, b"\x00")
    text = pem(ca, "CERTAUTH", "CA").decode()
    ebcdic = b"".join(line.ljust(80).encode("cp037") for line in text.splitlines())

    assert packages.read(padded).certificate == packages.read(ebcdic).certificate == packages.read(der).certificate


def test_a_wrong_password_of_a_package_is_told(ca):
    pem(ca, "CERTAUTH", "CA", "PKCS12DER", "PASSWORD('right')")

    line = "IRRD123I The password for the PKCS#12 package is missing or incorrect."
    assert ca("RACDCERT ADD('X.OUT') PASSWORD('wrong')", rc=8) == [line]
    assert ca("RACDCERT ADD('X.OUT')", rc=8) == [line]


def test_a_request_from_elsewhere_is_signed(ca, tmp_path):
    arguments = ["req", "-new", "-newkey", "rsa:2048", "-nodes", "-keyout", "k.pem", "-subj", "/C=US/CN=elsewhere"]
    arguments += ["-addext", "subjectAltName=DNS:e.example", "-addext", "basicConstraints=CA:TRUE"]
    done = subprocess.run(["openssl", *arguments], cwd=tmp_path, capture_output=True, check=True)
    ca.datasets["USER1.REQ"] = done.stdout

    ca("RACDCERT ID(USER1) GENCERT('USER1.REQ') WITHLABEL('E') SIGNWITH(CERTAUTH LABEL('CA'))")

    shown = text_of(pem(ca, "ID(USER1)", "E"))
    assert "DNS:e.example" in shown and "CN = elsewhere" in shown
    assert "CA:TRUE" not in shown, "an authority is not made by who asks"
    assert "  Private Key: NO" in ca("RACDCERT ID(USER1) LIST(LABEL('E'))")


def test_rekey_and_rollover_replace_a_certificate_in_its_rings(ca):
    ca("RACDCERT ID(USER1) GENCERT SUBJECTSDN(CN('S') O('IBM')) WITHLABEL('old') NISTECC KEYUSAGE(HANDSHAKE)")
    ca("RACDCERT ID(USER1) ADDRING(R)")
    ca("RACDCERT ID(USER1) CONNECT(LABEL('old') RING(R) DEFAULT)")
    before = ca.saf.keyring("USER1", "R").default

    ca("RACDCERT ID(USER1) REKEY(LABEL('old')) WITHLABEL('new') NISTECC NOTAFTER(DATE(2031-01-01))")
    assert ca.saf.keyring("USER1", "R").default.label == "old"
    ca("RACDCERT ID(USER1) ROLLOVER(LABEL('old')) NEWLABEL('new')")

    after = ca.saf.keyring("USER1", "R").default
    assert (after.label, after.default) == ("new", True)
    assert after.key_pem != before.key_pem
    assert "  Private Key: NO" in ca("RACDCERT ID(USER1) LIST(LABEL('old'))")
    assert "  Key Usage: HANDSHAKE" in ca("RACDCERT ID(USER1) LIST(LABEL('new'))")


def test_a_certificate_with_an_open_request_is_deleted_by_force_only(racf):
    racf("RACDCERT GENCERT SUBJECTSDN(CN('X')) WITHLABEL('X') NISTECC")
    racf("RACDCERT GENREQ(LABEL('X')) DSN('X.REQ')")

    assert racf("RACDCERT DELETE(LABEL('X'))", rc=8)[0].startswith("IRRD134I")
    racf("RACDCERT DELETE(LABEL('X')) FORCE")
    assert racf("RACDCERT LIST", rc=8) == ["IRRD105I No certificate information was found for user IBMUSER."]


def test_trust_and_label_are_altered(ca):
    ca("RACDCERT CERTAUTH ALTER(LABEL('CA')) NOTRUST NEWLABEL('Former CA')")

    assert "  Status: NOTRUST" in ca("RACDCERT CERTAUTH LIST(LABEL('Former CA'))")
    assert ca.saf.keyring("*AUTH*", "*").trusted == ()
    ca("RACDCERT CERTAUTH ALTER(LABEL('Former CA')) HIGHTRUST")
    assert "  Status: HIGHTRUST" in ca("RACDCERT CERTAUTH LIST")


def test_a_certificate_is_named_by_serial_number_and_issuer(ca):
    assert "  Label: CA" in ca("RACDCERT CERTAUTH LIST(SERIALNUMBER(1) ISSUERSDN('CN=CA.O=IBM'))")
    assert ca("RACDCERT CERTAUTH LIST(SERIALNUMBER(9))", rc=8) == ["IRRD107I No matching certificate was found for this user."]


def test_listchain_follows_the_issuers(ca):
    ca("RACDCERT CERTAUTH GENCERT SUBJECTSDN(CN('SUB')) WITHLABEL('SUB') NISTECC SIGNWITH(CERTAUTH LABEL('CA'))")
    ca("RACDCERT ID(USER1) GENCERT SUBJECTSDN(CN('X')) WITHLABEL('X') NISTECC SIGNWITH(CERTAUTH LABEL('SUB'))")

    assert ca("RACDCERT ID(USER1) LISTCHAIN(LABEL('X'))")[-2:] == [
        "  Chain contains 3 certificate(s), chain is complete",
        "  Chain contains no ring in common",
    ]


def test_checkcert_shows_what_a_data_set_holds_and_whose_it_is(ca):
    pem(ca, "CERTAUTH", "CA")
    assert ca("RACDCERT CHECKCERT('X.OUT')")[0] == "Digital certificate information for CERTAUTH:"

    ca("RACDCERT CERTAUTH DELETE(LABEL('CA'))")

    lines = ca("RACDCERT CHECKCERT('X.OUT')")
    assert lines[0] == "Digital certificate information:" and "       >CN=CA.O=IBM<" in lines


def test_rings_are_made_listed_and_deleted(ca):
    ca("RACDCERT ID(USER1) ADDRING(Mixed.Case)")
    assert ca("RACDCERT ID(USER1) ADDRING(Mixed.Case)", rc=8) == ["IRRD122I Ring Mixed.Case already exists."]
    assert ca("RACDCERT ID(USER1) LISTRING(*)")[2:5] == ["  Ring:", "       >Mixed.Case<", "  *** No certificates connected ***"]
    assert ca("RACDCERT ID(USER1) LISTRING(MIXED.CASE)", rc=8) == ["IRRD114I Ring MIXED.CASE does not exist."]
    ca("RACDCERT ID(USER1) CONNECT(CERTAUTH LABEL('CA') RING(Mixed.Case) USAGE(PERSONAL))")
    assert "PERSONAL" in ca("RACDCERT ID(USER1) LISTRING(Mixed.Case)")[-2]

    ca("RACDCERT ID(USER1) REMOVE(CERTAUTH LABEL('CA') RING(Mixed.Case))")
    line = "IRRD116I Label CA does not exist in ring Mixed.Case for user USER1."
    assert ca("RACDCERT ID(USER1) REMOVE(CERTAUTH LABEL('CA') RING(Mixed.Case))", rc=8) == [line]
    ca("RACDCERT ID(USER1) DELRING(Mixed.Case)")
    assert ca("RACDCERT ID(USER1) LISTRING(*)", rc=8) == ["IRRD115I User USER1 has no rings."]


def test_a_ring_has_one_default(ca):
    ca("RACDCERT ID(USER1) ADDRING(R)")
    for name in "AB":
        ca(f"RACDCERT ID(USER1) GENCERT SUBJECTSDN(CN('{name}')) WITHLABEL('{name}') NISTECC")
        ca(f"RACDCERT ID(USER1) CONNECT(LABEL('{name}') RING(R) DEFAULT)")

    assert [entry.default for entry in ca.saf.keyring("USER1", "R").entries] == [False, True]


def test_a_users_virtual_ring_holds_all_of_its_certificates(ca):
    for name in "AB":
        ca(f"RACDCERT ID(USER1) GENCERT SUBJECTSDN(CN('{name}')) WITHLABEL('{name}') NISTECC")

    assert [entry.label for entry in ca.saf.keyring("USER1", "*").entries] == ["A", "B"]


def test_the_filter_that_names_most_decides(ca):
    filters = {
        "USER2": "IDNFILTER('CN=CA.O=IBM')",
        "USER3": "SDNFILTER('OU=DEV.O=IBM')",
        "USER4": "SDNFILTER('OU=DEV.O=IBM') IDNFILTER('CN=CA.O=IBM')",
    }
    signed = "NISTECC SIGNWITH(CERTAUTH LABEL('CA'))"
    ca(f"RACDCERT CERTAUTH GENCERT SUBJECTSDN(CN('DEV1') OU('DEV') O('IBM')) WITHLABEL('D') {signed}")
    der = pem(ca, "CERTAUTH", "D", "CERTDER")
    for userid, operands in filters.items():
        ca(f"ADDUSER {userid}")
        ca(f"RACDCERT ID({userid}) MAP {operands} WITHLABEL('F')")

        assert ca.saf.verify_certificate(der).userid == userid

    ca("RACDCERT ID(USER4) ALTMAP(LABEL('F')) NOTRUST")
    from saf.errors import CertificateRefused

    with pytest.raises(CertificateRefused, match="not-trusted"):
        ca.saf.verify_certificate(der)
    ca("RACDCERT ID(USER4) DELMAP(LABEL('F'))")
    assert ca.saf.verify_certificate(der).userid == "USER3"


def test_a_filter_can_be_made_after_a_model_certificate(ca):
    ca("RACDCERT CERTAUTH GENCERT SUBJECTSDN(CN('M') OU('DEV') O('IBM')) WITHLABEL('M') NISTECC")
    pem(ca, "CERTAUTH", "M")

    ca("RACDCERT ID(USER1) MAP('X.OUT') SDNFILTER('OU=') WITHLABEL('F')")

    assert "       >OU=DEV.O=IBM<" in ca("RACDCERT ID(USER1) LISTMAP")


def test_the_certificate_id_is_owner_and_label_in_ebcdic():
    """Two captures of real systems."""
    assert certificate_id("irrcerta", "zOSMFCA") == "2QiJmZmDhZmjganW4tTGw8FA"
    assert certificate_id("irrcerta", "MQ CA") == "2QiJmZmDhZmjgdTYQMPB"


@pytest.mark.parametrize("function", ["BIND(TOKEN)", "IMPORT(X)", "ADDTOKEN(T)", "MULTIID MAP SDNFILTER('X')"])
def test_what_needs_icsf_is_refused_by_name(racf, function):
    lines = racf(f"RACDCERT {function}", rc=8) if "MULTIID" in function else racf(f"RACDCERT {function.split('(')[0]}", rc=8)

    assert lines[0].startswith("IRRD125I")


@pytest.mark.parametrize(
    ("command", "function", "level"),
    [
        ("RACDCERT LIST", "LIST", "READ"),
        ("RACDCERT ID(USER2) LISTRING(*)", "LISTRING", "UPDATE"),
        ("RACDCERT CERTAUTH LIST", "LIST", "CONTROL"),
    ],
)
def test_facility_profiles_let_others_than_special_in(ca, command, function, level):
    ca.user("USER2")
    refused = ["IRRD101I You are not authorized to issue the RACDCERT command."]
    assert ca(command, user="USER1", rc=8) == refused
    ca(f"RDEFINE FACILITY IRR.DIGTCERT.{function} UACC(NONE)")
    lower = {"READ": "NONE", "UPDATE": "READ", "CONTROL": "UPDATE"}[level]
    ca(f"PERMIT IRR.DIGTCERT.{function} CLASS(FACILITY) ID(USER1) ACCESS({lower})")
    assert ca(command, user="USER1", rc=8) == refused

    ca(f"PERMIT IRR.DIGTCERT.{function} CLASS(FACILITY) ID(USER1) ACCESS({level})")

    result = ca.saf.command(ca.saf.acee("USER1"), command)
    assert refused != result.lines


def test_a_certificate_that_is_there_already_is_not_told_to_be_added(ca):
    ca("RACDCERT ID(USER1) GENCERT SUBJECTSDN(CN('TWICE')) WITHLABEL('TWICE')")
    ca("RACDCERT ID(USER1) EXPORT(LABEL('TWICE')) DSN('USER1.CERT')")

    lines = ca("RACDCERT CERTAUTH ADD('USER1.CERT')", rc=8)

    assert [line.split()[0] for line in lines] == ["IRRD109I"]
