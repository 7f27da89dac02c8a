"""The source document's policies: what its Configuration Assistant panels (pages 38 to 40, 65, 66, 78 to 82) come to."""

#: Pages 38 to 40: the server on port 4021, encryption without client certificates. Page 68 shows its successor.
SERVER_4021 = """
TTLSRule                          ABC_FTP_4021~1
{
  LocalAddr                       All
  RemoteAddr                      All
  LocalPortRange                  4021
  RemotePortRange                 1024-65535
  Direction                       Inbound
  Priority                        254
  TTLSGroupActionRef              gAct1
  TTLSEnvironmentActionRef        eAct1~ABC_FTP_4021
  TTLSConnectionActionRef         cAct1~ABC_FTP_4021
}
TTLSGroupAction                   gAct1
{
  TTLSEnabled                     On
  TTLSGroupAdvancedParms
  {
    Envfile                       /etc/attls.env
  }
  Trace                           7
}
TTLSEnvironmentAction             eAct1~ABC_FTP_4021
{
  HandshakeRole                   Server
  EnvironmentUserInstance         0
  TTLSKeyringParmsRef             keyR~MVS098
}
TTLSConnectionAction              cAct1~ABC_FTP_4021
{
  HandshakeRole                   Server
  TTLSCipherParmsRef              cipher1
  TTLSConnectionAdvancedParms     cAdv1
  {
    ApplicationControlled         On     # FTP tells when AUTH was accepted
    SecondaryMap                  On
  }
  CtraceClearText                 Off
  Trace                           7
}
TTLSKeyringParms                  keyR~MVS098
{
  Keyring                         TLSRING
}
TTLSCipherParms                   cipher1
{
  V3CipherSuites                  TLS_RSA_WITH_AES_256_CBC_SHA
}
"""

#: Pages 65, 66 and 68: the server that wants client certificates and has RACF look at them.
SERVER_4121 = """
TTLSRule ABC_FTP_4021_New~2
{
  LocalAddr All
  RemoteAddr All
  LocalPortRange 4121
  RemotePortRange 1024-65535
  Direction Inbound
  Priority 254
  TTLSGroupActionRef gAct1
  TTLSEnvironmentActionRef eAct2~ABC_FTP4021_New
  TTLSConnectionActionRef cAct2~ABC_FTP4021_New
}
TTLSGroupAction gAct1
{
  TTLSEnabled On
  TTLSGroupAdvancedParmsRef gAdv1
  Trace 7
}
TTLSGroupAdvancedParms gAdv1 { Envfile /etc/attls.env }
TTLSEnvironmentAction eAct2~ABC_FTP4021_New
{
  HandshakeRole ServerWithClientAuth
  EnvironmentUserInstance 0
  TTLSKeyringParms { Keyring TLSRING }
  TTLSEnvironmentAdvancedParms
  {
    SSLv3 On
    TLSv1 On
    TLSv1.1 On
    ClientAuthType SAFCheck
  }
}
TTLSConnectionAction cAct2~ABC_FTP4021_New
{
  HandshakeRole ServerWithClientAuth
  TTLSCipherParms
  {
    V3CipherSuites TLS_RSA_WITH_AES_128_CBC_SHA
    V3CipherSuites TLS_RSA_WITH_3DES_EDE_CBC_SHA
    V3CipherSuites TLS_RSA_WITH_AES_256_CBC_SHA
  }
  TTLSConnectionAdvancedParms
  {
    ApplicationControlled On
    SecondaryMap On
  }
  CtraceClearText Off
  Trace 7
}
"""

#: Pages 78 to 82 and 85: the client, with the virtual key ring of all authorities.
CLIENT = """
TTLSRule ABC-FTP-Client~1
{
  LocalAddr All
  LocalPortRange 1024-65535
  RemoteAddr 9.65.228.73
  RemotePortRange 21
  Direction Outbound
  Priority 255
  TTLSGroupActionRef gAct1
  TTLSEnvironmentActionRef eAct1~ABC-FTP-Client-To-Win7
  TTLSConnectionActionRef cAct1~ABC-FTP-Client-To-Win7
}
TTLSGroupAction gAct1
{
  TTLSEnabled On
  TTLSGroupAdvancedParms { Envfile /etc/attls.env }
  Trace 7
}
TTLSEnvironmentAction eAct1~ABC-FTP-Client-To-Win7
{
  HandshakeRole Client
  EnvironmentUserInstance 0
  TTLSKeyringParms { Keyring *AUTH*/* }
  TTLSEnvironmentAdvancedParms { SSLv3 On
                                 TLSv1 On
                                 TLSv1.1 On }
}
TTLSConnectionAction cAct1~ABC-FTP-Client-To-Win7
{
  HandshakeRole Client
  TTLSCipherParms { V3CipherSuites 35393837360A1613100D2F33323130 }
  TTLSConnectionAdvancedParms { ApplicationControlled On
                                SecondaryMap On }
  CtraceClearText Off
  Trace 7
}
"""
