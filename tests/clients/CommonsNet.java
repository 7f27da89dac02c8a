// Drives Apache Commons Net: host, port, user, password, "clear" or "tls", then steps as words; writes a line for each answer.
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.text.SimpleDateFormat;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPSClient;
import org.apache.commons.net.util.TrustManagerUtils;

public final class CommonsNet {
    private static FTPClient connected(String[] args) throws Exception {
        FTPClient client;
        if (args[4].equals("tls")) {
            FTPSClient secure = new FTPSClient("TLS", false);
            secure.setTrustManager(TrustManagerUtils.getAcceptAllTrustManager());
            client = secure;
        } else {
            client = new FTPClient();
        }
        client.connect(args[0], Integer.parseInt(args[1]));
        if (!client.login(args[2], args[3])) {
            throw new IllegalStateException(client.getReplyString());
        }
        if (client instanceof FTPSClient) {
            ((FTPSClient) client).execPBSZ(0);
            ((FTPSClient) client).execPROT("P");
        }
        client.enterLocalPassiveMode();
        return client;
    }

    private static String described(FTPFile[] files) {
        StringBuilder text = new StringBuilder();
        SimpleDateFormat form = new SimpleDateFormat("yyyy-MM-dd");
        for (FTPFile file : files) {
            String day = file.getTimestamp() == null ? "-" : form.format(file.getTimestamp().getTime());
            text.append(text.length() == 0 ? "" : " ").append(file.getName()).append(':').append("FDL".charAt(file.getType()));
            text.append(':').append(file.getSize()).append(':').append(day);
        }
        return text.toString();
    }

    private static String done(FTPClient client, String[] step) throws Exception {
        String name = step.length > 1 ? step[1] : null;
        switch (step[0]) {
            case "list": return described(name == null ? client.listFiles() : client.listFiles(name));
            case "names": return String.join(" ", client.listNames());
            case "cd": return client.changeWorkingDirectory(name) + " " + client.printWorkingDirectory();
            case "site": return String.valueOf(client.site(name));
            case "binary": return String.valueOf(client.setFileType(FTP.BINARY_FILE_TYPE));
            case "active": client.enterLocalActiveMode(); return "active";
            case "epsv": client.setUseEPSVwithIPv4(true); return "epsv";
            case "put": return String.valueOf(client.storeFile(name, new ByteArrayInputStream(step[2].replace("|", "\n").getBytes("ISO-8859-1"))));
            case "append": return String.valueOf(client.appendFile(name, new ByteArrayInputStream(step[2].replace("|", "\n").getBytes("ISO-8859-1"))));
            case "get":
                ByteArrayOutputStream got = new ByteArrayOutputStream();
                return client.retrieveFile(name, got) + " " + got.toString("ISO-8859-1").replace("\r", "").replace("\n", "|");
            case "reply": return client.getReplyString().replace("\r\n", "|");
            case "rename": return String.valueOf(client.rename(name, step[2]));
            case "delete": return String.valueOf(client.deleteFile(name));
            case "mkdir": return String.valueOf(client.makeDirectory(name));
            case "rmdir": return String.valueOf(client.removeDirectory(name));
            case "system": return client.getSystemType();
            default: throw new IllegalArgumentException(step[0]);
        }
    }

    public static void main(String[] args) throws Exception {
        FTPClient client = connected(args);
        for (int place = 5; place < args.length; place++) {
            System.out.println(done(client, args[place].split("~")));
        }
        client.logout();
        client.disconnect();
    }
}
