using OsDeploy.Text;

namespace OsDeploy.Server.Hosting;

/// <summary>Every sentence with which the daemon refuses to start.</summary>
internal static class HostingErrors
{
    public static UserErrorException KeyDamaged(string path, Exception cause) => new(
        "appliance-key-damaged",
        $"{Printable.Of(path)} is not the key of an appliance.",
        "Put back the file from a backup; without it every agent and every saved login must be told the new fingerprint.",
        cause);

    public static UserErrorException FolderNotMade(string path, Exception cause) => new(
        "data-folder", $"The data folder {Printable.Of(path)} cannot be made: {Printable.Of(cause.Message)}", "Name another one with --data.", cause);

    public static UserErrorException AddressMalformed(string text) => new(
        "usage-listen", $"\"{Printable.Of(text)}\" is not an address to listen on.", "Write ADDRESS:PORT, such as 192.168.1.10:7443 or [::]:7443.");

    public static UserErrorException InterfaceUnknown(string name, IEnumerable<string> known) => new(
        "usage-interface",
        $"There is no network interface {Printable.Of(name)} with an address.",
        $"This computer has {string.Join(", ", known)}.");

    public static UserErrorException CannotListen(string address, Exception cause) => new(
        "cannot-listen",
        $"The appliance cannot listen on {Printable.Of(address)}: {Printable.Of(cause.Message)}",
        "Look which program has it (`ss -ltnp`), or choose another address with --listen.",
        cause);

    public static UserErrorException NoFirstOperator() => new(
        "first-operator-missing",
        "The appliance has no operator yet, and nothing listens before it has one.",
        "Start it once in a terminal, where it asks for a name and a password, or with --first-operator NAME --password-file FILE.");

    public static UserErrorException SetUpByAnother(IEnumerable<string> administrators) => new(
        "set-up-by-another",
        $"What lies there has its administrators already: {Printable.Of(string.Join(", ", administrators))}.",
        "Give the name and the password of one of them; nothing was changed.");

    public static UserErrorException NothingToRecover(string folder) => new(
        "recovery-none",
        $"There is no copy of the documents in {Printable.Of(folder)} that can be opened.",
        "Move the damaged file away, start anew, and restore a backup: `osdeploy backup restore FILE`.");

    public static UserErrorException PasswordFile(string path, Exception? cause = null) => new(
        "password-file", $"{Printable.Of(path)} holds no password that can be read.", "Write the password into it as its first line, readable by the daemon only.", cause);

    public static UserErrorException FirstSettings(string path, Exception cause) => new(
        "first-settings",
        $"{Printable.Of(path)} cannot be read as the first settings: {Printable.Of(cause.Message)}",
        "Leave --first-settings out, and set everything once the appliance runs.",
        cause);
}
