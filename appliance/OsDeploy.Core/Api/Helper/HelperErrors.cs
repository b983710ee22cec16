using OsDeploy.Text;

namespace OsDeploy.Api.Helper;

/// <summary>Every sentence of whoever asks the helper.</summary>
internal static class HelperErrors
{
    public static UserErrorException Missing(string socket, Exception? cause) => new(
        "helper-missing",
        $"The appliance cannot do this: its helper does not answer at {Printable.Of(socket)}.",
        "Start it with `systemctl start osdeploy-helper`, or without systemd run `osdeploy-helper` as root, and try again.",
        cause);

    public static UserErrorException Closed(string socket, Exception? cause) => new(
        "helper-closed",
        $"This program may not use the appliance's helper at {Printable.Of(socket)}.",
        "Start the helper with `--allow-uid` and the number of the user that osdeployd runs as.",
        cause);

    public static UserErrorException Silent(string socket, TimeSpan patience, Exception? cause) => new(
        "helper-silent",
        $"The appliance's helper at {Printable.Of(socket)} said nothing for {Sizes.Of(patience)}.",
        "Read its log (`journalctl -u osdeploy-helper`), and look whether it was done before you try again.",
        cause);

    public static UserErrorException NotUnderstood(string socket, Exception? cause) => new(
        "helper-answer",
        $"What answers at {Printable.Of(socket)} does not talk like the appliance's helper: {Printable.Of(cause?.Message)}.",
        "Bring the helper and osdeployd to the same version and restart both.",
        cause);

    /// <summary>What the helper refused or failed at, in its own words. They are foreign text like any other.</summary>
    public static UserErrorException FromHelper(HelperAnswer answer) =>
        new(Printable.Of(answer.Code, 40), Printable.Of(answer.Message, 1000), Printable.Of(answer.Hint, 1000));
}
