"""The settings of one session (and of the server that it was started by): one attribute per parameter.

Rules: frozen; a SITE command replaces the whole value. Names are the statements in lower case. Defaults, ranges and texts
are not here but in the table (`zftpd/params/table.py`), and a test demands that both name the same things.
None means "not given": the user, the system or a data class supplies it.
"""

from __future__ import annotations

from dataclasses import dataclass

from zftpd.params.sets import AnonymousUser, SmfWanted


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting by its statement's name. Made by `defaults()`, `ftpdata.read` and `site.apply`."""

    # Parameters of new data sets
    recfm: str | None
    lrecl: int | str | None
    blksize: int | None
    primary: int | None
    secondary: int | None
    spacetype: str
    directory: int | None
    retpd: int | None
    dcbdsn: str | None
    unitname: str | None
    volume: tuple[str, ...]
    ucount: int | str | None
    vcount: int
    dataclass: str | None
    storclass: str | None
    mgmtclass: str | None
    dsntype: str
    pdstype: str | None
    eattr: str
    conddisp: str
    migratevol: str
    bufno: int
    dest: str | None
    subsys: str | None

    # Parameters of transfers, listings and z/OS UNIX files
    filetype: str
    asatrans: bool
    automount: bool
    autorecall: bool
    autotapemount: bool
    directorymode: bool
    dswaittime: int
    dswaittimereply: int
    ispfstats: bool
    listlevel: int
    listsubdir: bool
    quotesoverride: bool
    rdw: bool
    trailingblanks: bool
    truncate: bool
    wraprecord: bool
    removeinbeof: bool
    chkptint: int
    umask: int
    unixfiletype: str
    fifoopentime: int
    fifoiotime: int
    readtapeformat: str | None
    tapereadstream: bool
    wrtapefastio: bool
    spread: bool
    sqlcol: str
    db2: str
    db2plan: str
    chkconfidence: bool
    extdbschinese: bool

    # Parameters of the JES interface
    jeslrecl: int | str
    jesrecfm: str
    jesjobname: str | None
    jesowner: str | None
    jesstatus: str
    jesentrylimit: int
    jesgetbydsn: bool
    jesputgetto: int
    jesinterfacelevel: int

    # Parameters of translation and of the command extensions
    ctrlconn: str
    sbdataconn: tuple[str, str] | None
    sbtrans: str | None
    cctrans: str | None
    xlate: str | None
    sbsendeol: str
    sbsub: bool
    sbsubchar: str
    encoding: str
    mbdataconn: tuple[str, str] | None
    mbrequirelasteol: bool
    mbsendeol: str
    dbsub: bool
    ucshostcs: str | None
    ucssub: bool
    ucstrunc: bool
    unicodefilesystembom: str
    extensions: tuple[str, ...]
    mvsurlkey: str | None

    # Parameters of TLS, of login and of the data connection's addresses
    accesserrormsgs: bool
    verifyuser: bool
    portofentry4: str
    applname: str | None
    passphrase: bool
    portcommand: str
    portcommandport: str
    portcommandipaddr: str
    passivedataconn: str
    passivedataports: tuple[int, int] | None
    secure_ftp: str
    secure_login: str
    secure_password: str
    secure_password_kerberos: str
    secure_ctrlconn: str
    secure_dataconn: str
    secure_pbsz: int
    secure_session_reuse: str
    secureimplicitzos: bool
    tlsmechanism: str
    tlsrfclevel: str
    tlsport: int
    tlstimeout: int
    keyring: str | None
    ciphersuite: tuple[str, ...]
    sslv3: bool

    # Parameters of anonymous logins
    anonymous: AnonymousUser | None
    anonymouslevel: int
    anonymousfileaccess: str
    anonymousfiletypeseq: bool
    anonymousfiletypejes: bool
    anonymousfiletypesql: bool
    anonymoushfsdirmode: int
    anonymoushfsfilemode: int
    anonymoushfsinfo: str | None
    anonymousmvsinfo: str | None
    anonymousloginmsg: str | None
    anonymousftplogging: bool
    emailaddrcheck: str

    # Parameters of the server itself
    banner: str | None
    loginmsg: str | None
    mvsinfo: str | None
    hfsinfo: str
    adminemailaddress: str | None
    startdirectory: str
    inactive: int
    ftpkeepalive: int
    datakeepalive: int
    datatimeout: int
    replysecuritylevel: int
    debug: tuple[str, ...]
    debugonsite: bool
    dump: tuple[str, ...]
    dumponsite: bool
    trace: bool
    nonswapd: bool
    ftplogging: bool
    smf: SmfWanted | None
    smfappe: SmfWanted | None
    smfdel: SmfWanted | None
    smflogn: SmfWanted | None
    smfren: SmfWanted | None
    smfretr: SmfWanted | None
    smfstor: SmfWanted | None
    smfjes: bool
    smfsql: bool
    smfexit: bool
    smfdcfg: SmfWanted | None
    suppressignorewarnings: bool

    # Statements that only the FTP client obeys. A server's FTP.DATA may hold them; they are reported and ignored
    cconntime: int
    datacttime: int
    dconntime: int
    inacttime: int
    myopentime: int
    clienterrcodes: str
    clientexit: bool
    logclienterr: bool
    chkptprefix: str
    chkptflush: bool
    restget: bool
    restput: bool
    epsv4: bool
    fwfriendly: bool
    passiveignoreaddr: bool
    passiveonly: bool
    netrclevel: int
    progress: int
    seqnumsupport: bool
    secure_hostname: str
    secure_mechanism: str | None
    socksconfigfile: str | None
    tracecapi: str
