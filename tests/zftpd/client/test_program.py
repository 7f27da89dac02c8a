"""PGM=FTP: the client as a job step."""

from __future__ import annotations

import re

import pytest

from mvsfs.info import Allocation, Target
from tests.zftpd.test_translate_tables import file_of, shifted


def jcl(port, lines, parm="", dds=""):
    """A job that runs the client with INPUT lines."""
    cards = "\n".join(lines)
    return (
        f"//FTPJOB   JOB 1,IBMUSER,CLASS=A,MSGCLASS=X\n"
        f"//FTP      EXEC PGM=FTP,PARM='{parm or f'127.0.0.1 {port} (EXIT'}'\n"
        f"//OUTPUT   DD SYSOUT=*\n{dds}//INPUT    DD *\n{cards}\n/*\n"
    )


@pytest.fixture
def ran(zos):
    """Run a job and return its code and the lines of OUTPUT."""

    def run(lines, **more):
        job = zos.submit(jcl(zos.port, lines, **more))
        return job, job.spool("OUTPUT").splitlines()

    return run


def test_a_job_moves_data_sets_and_dds(ran, zos):
    zos.seed({"IBMUSER.A": {"recfm": "FB", "lrecl": 80, "text": "CARD\n"}})
    dds = "//INDD     DD *\nINSTREAM\n//SYSFTPD  DD *\nFWFRIENDLY TRUE\n"

    job, shown = ran(
        ["IBMUSER SYS1", "put 'IBMUSER.A' 'IBMUSER.B'", "put //DD:INDD 'IBMUSER.C'", "get 'IBMUSER.B' 'IBMUSER.D'", "quit"],
        dds=dds,
    )

    assert job.rc == 0, shown
    assert (zos.text("IBMUSER.C").strip(), zos.text("IBMUSER.D")) == ("INSTREAM", "CARD\n")
    assert shown[0].startswith("EZA1736I FTP 127.0.0.1 ")
    assert any(line.startswith("EZY2640I Using dd:SYSFTPD=") for line in shown)
    assert "EZA1772I FTP: EXIT has been set." in [line.rstrip() for line in shown]
    assert not any("SYS1" in line for line in shown)


def test_a_failure_with_exit_ends_the_step_with_the_code_modulo_4096(ran):
    job, shown = ran(["IBMUSER SYS1", "put 'IBMUSER.NOTHERE' 'IBMUSER.X'", "put 'IBMUSER.NOTHERE2' Y", "quit"])

    assert job.rc == 27000 % 4096  # no reply came: the data set was missed before the server was asked
    assert any("Std Return Code = 27000, Error Code = 00018" in line for line in shown)
    assert not any("NOTHERE2" in line for line in shown)


@pytest.mark.parametrize(
    ("statement", "parm", "rc"),
    [("", "", 0), ("CLIENTEXIT TRUE\n", "", 16550 % 4096), ("CLIENTERRCODES TRUE\nCLIENTEXIT TRUE\n", "", 2),
     ("CLIENTERRCODES EXTENDED\nCLIENTEXIT TRUE\n", "", 216), ("", " (EXIT=12", 12)],
)  # fmt: skip
def test_the_steps_code_follows_exit_and_ftp_data(ran, zos, statement, parm, rc):
    job, _ = ran(
        ["IBMUSER SYS1", "get 'NOT.THERE' 'IBMUSER.X'", "quit"],
        parm=f"127.0.0.1 {zos.port}{parm}",
        dds=f"//SYSFTPD  DD *\nFWFRIENDLY TRUE\n{statement}",
    )

    assert job.rc == rc


def test_the_first_line_of_input_may_name_the_host_and_exit(ran, zos):
    """Page 84: `Connect to ?` and `9.65.228.73 (exit`."""
    job, shown = ran([f"127.0.0.1 {zos.port} (exit", "IBMUSER SYS1", "get 'NOT.THERE' 'IBMUSER.X'", "quit"], parm="-i")

    assert "EZA1456I Connect to ?" in [line.rstrip() for line in shown]
    assert job.rc == 16550 % 4096


def test_ftp_data_is_searched_for_where_there_is_no_sysftpd(ran, zos):
    zos.seed({"IBMUSER.FTP.DATA": {"recfm": "FB", "lrecl": 80, "text": "EPSV4 TRUE\n"}, "IBMUSER.A": "X\n"})

    _, shown = ran(["IBMUSER SYS1", "dir", "quit"])

    assert any(line.startswith("EZY2640I Using 'IBMUSER.FTP.DATA' for local site") for line in shown)
    assert any(">>> EPSV" in line for line in shown)


def test_a_netrc_dd_holds_the_password(ran):
    job, shown = ran(["pwd", "quit"], dds="//NETRC    DD *\nmachine 127.0.0.1 login IBMUSER password SYS1\n")

    assert job.rc == 0 and any(">>> PWD" in line for line in shown)


def test_the_netrc_data_set_of_the_user_does_as_well(ran, zos):
    zos.seed({"IBMUSER.NETRC": "machine 127.0.0.1 login IBMUSER password SYS1\n"})

    job, shown = ran(["pwd", "quit"])

    assert job.rc == 0 and any(">>> PWD" in line for line in shown)


def test_tls_with_a_key_ring_of_the_jobs_user(ran, zos, zos_certificate):
    (pem,) = [path for path in zos_certificate.iterdir() if "BEGIN CERTIFICATE" in path.read_text()]
    zos.seed({"IBMUSER.CA": {"recfm": "VB", "lrecl": 84, "text": pem.read_text()[pem.read_text().index("-----BEGIN CERT") :]}})
    dds = "//SYSFTPD  DD *\nSECURE_MECHANISM TLS\nSECURE_FTP REQUIRED\nSECURE_DATACONN PRIVATE\nKEYRING FTPRING\nEPSV4 TRUE\n"

    untrusted, _ = ran(["IBMUSER SYS1", "dir", "quit"], dds=dds)
    for command in (
        "RACDCERT CERTAUTH ADD('IBMUSER.CA') TRUST WITHLABEL('SERVER')",
        "RACDCERT ID(IBMUSER) ADDRING(FTPRING)",
        "RACDCERT ID(IBMUSER) CONNECT(CERTAUTH LABEL('SERVER') RING(FTPRING))",
    ):
        job = zos.submit(
            f"//R JOB 1,X,MSGCLASS=X\n//S EXEC PGM=IKJEFT01\n//SYSTSPRT DD SYSOUT=*\n//SYSTSIN DD *\n {command}\n/*\n"
        )
        assert job.rc == 0, job.spool("SYSTSPRT")
    job, shown = ran(["IBMUSER SYS1", "dir", "quit"], dds=dds)

    assert untrusted.rc == 10234 % 4096 or untrusted.rc == 10220 % 4096
    assert job.rc == 0, shown
    assert any("EZA2895I Authentication negotiation succeeded" in line for line in shown)


def test_logclienterr_tells_the_operator(ran, zos):
    job, _ = ran(
        ["IBMUSER SYS1", "get 'NOT.THERE' 'IBMUSER.X'", "quit"], dds="//SYSFTPD DD *\nLOGCLIENTERR TRUE\nFWFRIENDLY TRUE\n"
    )

    assert "EZZ9830I FTPJOB FTP failed - Cmd = 16(get) Reply = 550 EX STD RC = 16550" in job.spool("JESMSGLG")


@pytest.mark.parametrize("name", ["IBMUSER/*", "IBMUSER/ADMIN", "/etc/passwd"])
def test_a_job_reads_no_ring_of_another_user_and_no_file_of_the_machine(zos, name):
    """The personal certificate on another's ring would sign one on as that other."""
    zos.adduser("MALLORY", "SECRET")
    zos.racf("RACDCERT ID(IBMUSER) GENCERT SUBJECTSDN(CN('ADMIN')) WITHLABEL('ADMIN')")
    zos.racf("RACDCERT ID(IBMUSER) ADDRING(ADMIN)")
    zos.racf("RACDCERT ID(IBMUSER) CONNECT(LABEL('ADMIN') RING(ADMIN) DEFAULT)")
    dds = f"//SYSFTPD  DD *\nSECURE_MECHANISM TLS\nKEYRING {name}\n"

    job = zos.submit(jcl(zos.port, ["IBMUSER", "quit"], dds=dds).replace("1,IBMUSER,", "1,"), user="MALLORY")

    assert job.owner == "MALLORY" and job.rc != 0
    missing = name if name.startswith("/") else f"key ring {name}"
    assert any(line.rstrip().endswith(missing) for line in job.spool("OUTPUT").splitlines()), job.spool("OUTPUT")


def test_ftp_data_says_what_data_sets_of_the_job_are_like(ran, zos):
    zos.seed({"IBMUSER.A": {"recfm": "FB", "lrecl": 80, "text": "CARD\n"}})

    job, _ = ran(
        ["IBMUSER SYS1", "get 'IBMUSER.A' 'IBMUSER.B'", "quit"], dds="//SYSFTPD  DD *\nFWFRIENDLY TRUE\nRECFM FB\nLRECL 133\n"
    )

    assert job.rc == 0 and zos.info("IBMUSER.B").dcb.lrecl == 133


TABLES = "TCPIP.ODD.TCPXLBIN"


def keep_tables(zos, dsname):
    """Tables in which the network's A is the host's B, and so on."""
    with zos.mvs.open_output(Target(dsname), zos.who, allocation=Allocation("F", 256, 256)) as out:
        out.write_records(file_of(*shifted()))


@pytest.mark.parametrize(
    ("parm", "dds", "dsname"),
    [("-t ODD {} (EXIT", "", TABLES), ("{} (EXIT TRANSLATE ODD", "", TABLES),
     ("{} (EXIT", "SBTRANS ODD\n", "IBMUSER.ODD.TCPXLBIN"),
     ("{} (EXIT", "SBDATACONN TCPIP.ODD.TCPXLBIN\n", TABLES), ("{} (EXIT", "", "IBMUSER.STANDARD.TCPXLBIN"),
     ("{} (EXIT", "//SYSFTSX  DD DISP=SHR,DSN=IBMUSER.ANY\n", "IBMUSER.ANY")],
    ids=["-t", "TRANSLATE", "SBTRANS", "SBDATACONN", "STANDARD", "SYSFTSX"],
)  # fmt: skip
def test_translate_tables_of_the_client(ran, zos, parm, dds, dsname):
    keep_tables(zos, dsname)
    zos.seed({"IBMUSER.A": {"recfm": "FB", "lrecl": 80, "text": "HAL\n"}})
    cards = "//SYSFTPD  DD *\nFWFRIENDLY TRUE\n" + (dds if dds.startswith("S") else "")
    more = dds if dds.startswith("//") else ""

    job, shown = ran(
        ["IBMUSER SYS1", "get 'IBMUSER.A' 'IBMUSER.B'", "quit"], parm=parm.format(f"127.0.0.1 {zos.port}"), dds=cards + more
    )

    assert job.rc == 0, shown
    assert zos.text("IBMUSER.B") == "IBM\n"
    name = "dd:SYSFTSX" if more else f"//'{dsname}'"
    assert f"EZYFT31I Using {name} for FTP translation tables for the data connection." in [line.rstrip() for line in shown]


@pytest.mark.parametrize(
    ("parm", "rc", "message"),
    [
        ("-t NONE h (EXIT", 14, "EZYFT32E"),
        ("-f NO.SUCH h", 4, "EZYFT48E"),
        ("-x h (EXIT=9", 4, "EZA1461I"),
        ("-f //DD:NONE h", 4, "EZYFT48E"),
    ],
)
def test_what_keeps_the_client_from_beginning_ends_the_step_with_its_error_code(ran, parm, rc, message):
    job, shown = ran(["quit"], parm=parm)

    assert job.rc == rc and any(line.startswith(message) for line in shown)


def test_a_step_without_input_ends_with_15(zos):
    job = zos.submit("//J JOB 1,X,MSGCLASS=X\n//FTP EXEC PGM=FTP,PARM='127.0.0.1'\n//OUTPUT DD SYSOUT=*\n")

    assert job.rc == 15 and job.spool("OUTPUT").startswith("EZA2588E")


@pytest.mark.parametrize("name", ["//''IBMUSER.D''", "D", "/etc/my.data", "//DD:CONF"])
def test_f_names_ftp_data_before_sysftpd_does(ran, zos, name):
    zos.seed({"IBMUSER.D": {"recfm": "FB", "lrecl": 80, "text": "EPSV4 TRUE\n"}})
    with zos.mvs.unix.open_output("/etc/my.data", zos.who) as file:
        file.write("EPSV4 TRUE\n".encode("cp037").replace(b"\x25", b"\x15"))

    job, shown = ran(
        ["IBMUSER SYS1", "ls 'IBMUSER.*'", "quit"],
        parm=f"-f {name} 127.0.0.1 {zos.port} (EXIT",
        dds="//SYSFTPD  DD *\nEPSV4 FALSE\n//CONF     DD *\nEPSV4 TRUE\n",
    )

    assert job.rc == 0 and any(">>> EPSV" in line for line in shown), shown


def test_systcpd_names_the_stack(ran):
    _, shown = ran(
        ["IBMUSER SYS1", "quit"], dds="//SYSTCPD  DD *\n; which stack\nMVS1: TCPIPJOBNAME TCPCS\nDATASETPREFIX TCPIP\n"
    )

    assert "EZA1466I FTP: using TCPCS" in [line.rstrip() for line in shown]


def test_statements_that_are_wrong_are_told_in_the_words_of_the_server(ran):
    _, shown = ran(["IBMUSER SYS1", "quit"], dds="//SYSFTPD  DD *\nFWFRIENDLY TRUE\nBANNER /etc/banner\nLRECL X9\nNONSENSE 1\n")

    lines = [line.rstrip() for line in shown]
    assert 'EZYFT47I dd:SYSFTPD=SYSIN file, line 2: Ignoring keyword "BANNER".' in lines
    assert any("line 3: LRECL X9 is not numeric" in line for line in lines) and any("line 4: NONSENSE" in line for line in lines)


def test_tso_commands_are_those_of_ikjeft01_for_the_user_of_the_job(ran, zos):
    zos.seed({"IBMUSER.GONE": "X\n", "IBMUSER.A": {"recfm": "FB", "lrecl": 80, "text": "CARD\n"}})
    lines = [
        "IBMUSER SYS1",
        "tso delete gone",
        "tso listds ''IBMUSER.A''".replace("''", "'"),
        "tso rm -rf /",
        "tso",
        "tso alloc f(x) da(a) shr",
    ]

    job, shown = ran([*lines, "tso lista", "pwd", "quit"])

    text = "\n".join(line.rstrip() for line in shown)
    assert job.rc == 0 and not zos.exists("IBMUSER.GONE"), text
    assert "IKJ56500I COMMAND RM NOT FOUND" in text and "FB    80" in text and ">>> PWD" in text
    assert text.count("EZA2586I") == 1 and "EZA1736I tso lista\nIBMUSER.A" in text


def test_ftp_is_a_tso_command(zos):
    zos.seed({"IBMUSER.A": {"recfm": "FB", "lrecl": 80, "text": "CARD\n"}})

    def run(dds):
        return zos.submit(
            f"//J JOB 1,X,MSGCLASS=X\n//S EXEC PGM=IKJEFT01\n//SYSTSPRT DD SYSOUT=*\n{dds}"
            f"//INPUT DD *\nIBMUSER SYS1\nget 'NOT.THERE' X\nquit\n/*\n//SYSTSIN DD *\nFTP 127.0.0.1 {zos.port} (EXIT\n/*\n"
        )

    with_output, without = run("//OUTPUT DD SYSOUT=*\n"), run("")

    assert with_output.rc == without.rc == 16550 % 4096
    assert "EZA1701I >>> RETR 'NOT.THERE'" in with_output.spool("OUTPUT") and ">>> RETR" not in with_output.spool("SYSTSPRT")
    assert "EZA1701I >>> RETR 'NOT.THERE'" in without.spool("SYSTSPRT")


WHOLE = """\
EZA1736I FTP 127.0.0.1 PORT (EXIT
EZY2640I Using dd:SYSFTPD=SYSIN for local site configuration parameters.
EZA1450I IBM FTP CS V2R5
EZA1772I FTP: EXIT has been set.
EZA1466I FTP: using TCPIP
EZA1554I Connecting to: 127.0.0.1 127.0.0.1 port: PORT.
220-FTPD1 IBM FTP CS V2R5 at HOST, TIME.
220 Connection will close if idle for more than 5 minutes.
EZA1459I NAME (127.0.0.1:IBMUSER):
EZA1701I >>> USER IBMUSER
331 Send password please.
EZA1701I >>> PASS
230 IBMUSER is logged on.  Working directory is "IBMUSER.".
EZA1460I Command:
EZA1736I site filetype=jes
EZA1701I >>> SITE filetype=jes
200 SITE command was accepted
EZA1460I Command:
EZA1736I put //DD:CARDS
EZA1701I >>> SITE FIXrecfm 80 LRECL=80 RECFM=FB BLKSIZE=27920
200 SITE command was accepted
EZA1701I >>> PASV
227 Entering Passive Mode (ADDRESS)
EZA1701I >>> STOR CARDS
125 Sending Job to JES internal reader FIXrecfm 80
250-It is known to JES as JOB00002
250 Transfer completed successfully.
EZA1617I 37 bytes transferred in SECONDS seconds.  Transfer rate RATE Kbytes/sec.
EZA1460I Command:
EZA1736I site filetype=seq
EZA1701I >>> SITE filetype=seq
200 SITE command was accepted
EZA1460I Command:
EZA1736I delete 'IBMUSER.NONE'
EZA1701I >>> DELE 'IBMUSER.NONE'
550 DELE fails: IBMUSER.NONE does not exist.
EZA1735I Std Return Code = 13550, Error Code = 00002
EZA1701I >>> QUIT
221 Quit command received. Goodbye.
"""


def test_the_whole_listing_of_a_step_that_submits_a_job_and_fails_behind_it(ran, zos):
    cards = "//CARDS    DD DATA,DLM=@@\n//SUB JOB 1,X\n//S EXEC PGM=IEFBR14\n@@\n"

    job, shown = ran(
        ["IBMUSER SYS1", "site filetype=jes", "put //DD:CARDS", "site filetype=seq", "delete 'IBMUSER.NONE'", "pwd"],
        dds=f"//SYSFTPD  DD *\nFWFRIENDLY TRUE\n/*\n{cards}",
    )

    listing = "\n".join(line.rstrip() for line in shown) + "\n"
    for pattern, mark in (
        (str(zos.port), "PORT"), (r"at \S+, [\d:]+ on [\d-]+", "at HOST, TIME"), (r"Mode \([\d,]+\)", "Mode (ADDRESS)"),
        (r"[\d.]+ seconds", "SECONDS seconds"), (r"rate [\d.]+", "rate RATE"),
    ):  # fmt: skip
        listing = re.sub(pattern, mark, listing)
    assert WHOLE.splitlines() == listing.splitlines()
    assert job.rc == 13550 % 4096
