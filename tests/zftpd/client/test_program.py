"""PGM=FTP: the client as a job step."""

from __future__ import annotations

import pytest


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
