using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.Server.Boot;

/// <summary>Every sentence about starting over the network that an operator can read.</summary>
internal static class BootErrors
{
    public static UserErrorException KernelLineTooLong(int length) => new(
        "boot-kernel-length",
        string.Create(CultureInfo.InvariantCulture, $"The kernel's command line would have {length} characters; a kernel takes {KernelLine.MaxLength}."),
        "Take words away: `osdeploy boot set --kernel-parameters`, the same of the configuration and of the host.");

    public static UserErrorException KernelInvalid(string text) => new(
        "boot-kernel-invalid",
        $"\"{Printable.Of(text, 60)}\" cannot stand in a kernel's command line.",
        "Use words of letters, digits and . _ = , : / @ + % - with one blank between them, at most 512 characters.");

    public static UserErrorException KernelReserved(string word) => new(
        "boot-kernel-reserved-invalid",
        $"\"{Printable.Of(word, 60)}\" is set by osdeploy itself.",
        "Use the option for it, such as `--boot-language`; what a computer begins by itself is decided by its job alone.");

    public static UserErrorException OptionInvalid(string name, string value, string allowed) => new(
        "boot-option-invalid", $"{Printable.Of(name)} cannot be \"{Printable.Of(value, 40)}\".", $"It can be {allowed}.");

    public static UserErrorException AddressInvalid(string what, string? text) => new(
        "boot-address-invalid", $"{Printable.Of(what)} cannot be \"{Printable.Of(text, 40)}\".", "Write an IPv4 address, such as 10.0.0.100.");

    public static UserErrorException InterfaceInvalid(string name) => new(
        "boot-interface-invalid",
        name.Length == 0 ? "No network interface is named." : $"This appliance has no network interface {Printable.Of(name, 20)} with an IPv4 address.",
        "`ip -brief address` on the appliance shows which there are; name one with `osdeploy boot set --interface`.");

    public static UserErrorException RangeInvalid(string why) => new(
        "boot-range-invalid", $"The range of addresses cannot be used: {Printable.Of(why)}.", "Choose first and last inside the interface's network, without the appliance's own address.");

    public static UserErrorException PasswordInvalid(string password) => new(
        "boot-password-invalid",
        $"The password of the menu has {password.Length} characters, or others than A-Z, a-z and 0-9.",
        "Choose 8 to 32 of these: loaders know no other keys for sure.");

    public static UserErrorException PasswordOfAccount() => new(
        "boot-password-of-account",
        "This is the password of your account.",
        "Choose another one: what GRUB compares the menu's password with can be read on the network, and guessed at.");

    public static UserErrorException BuildMissing(string id) => new(
        "boot-build-missing", $"The appliance has no client build {Printable.Of(id, 20)}.", "`osdeploy boot builds` lists those there are.");

    public static UserErrorException BuildInUse(string id, string by) => new(
        "boot-build-in-use", $"The client build {Printable.Of(id, 20)} is in use: {Printable.Of(by)}.", "Make another one current, or take it out of the options that name it.");

    public static UserErrorException NotStopped(string host) => new(
        "boot-not-stopped", $"The starts of {Printable.Of(host)} were not stopped.", "`osdeploy boot show` says what it would boot now, and why.");

    public static UserErrorException Neighbour(string who) => new(
        "boot-dhcp-present",
        $"Another DHCP server answers on this network: {Printable.Of(who)}. Two of them would give PCs addresses that clash.",
        "Use `--mode proxy` beside it, switch the other one off, or say --force if you know better.");

    public static UserErrorException LimitInvalid(string what, string allowed) => new(
        "boot-limit-invalid", $"{Printable.Of(what)} is not usable.", $"It can be {allowed}.");

    public static UserErrorException NotServed(string address) => new(
        "boot-not-served",
        $"The appliance serves no boot files at {Printable.Of(address)}.",
        $"Start osdeployd with `--boot {address}`.");

    public static UserErrorException FolderNotWritten(string folder, Exception cause) => new(
        "boot-folder-denied",
        $"The files for TFTP cannot be written to {Printable.Of(folder)}: {Printable.Of(cause.Message)}.",
        "Start osdeploy-helper, which makes this folder, and give both the same --boot-folder.",
        cause);
}
