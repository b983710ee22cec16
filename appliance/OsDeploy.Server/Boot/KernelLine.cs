using System.Globalization;
using OsDeploy.Api.Boot;

namespace OsDeploy.Server.Boot;

/// <summary>What a client is told on its kernel's command line. Anyone on the wire can read it: nothing there is secret but the token.</summary>
/// <param name="Build">The build's own command line.</param>
/// <param name="Server"><c>https://ADDRESS:PORT</c></param>
/// <param name="Pin">64 hexadecimal digits.</param>
/// <param name="Boot">Id of the record of this boot.</param>
/// <param name="Token">With which the PC takes its job; null: none.</param>
internal sealed record KernelLine(string Build, string Server, string Pin, string Boot, BootOptions Options, bool IsAuto, string? Token)
{
    private const string Prefix = "osdeploy.";

    /// <summary>A kernel takes 2048 bytes, its own end included.</summary>
    public const int MaxLength = 2047;

    public override string ToString()
    {
        var line = string.Join(' ', Words());
        return line.Length <= MaxLength ? line : throw BootErrors.KernelLineTooLong(line.Length);
    }

    private IEnumerable<string> Words()
    {
        var words = new List<(string Name, string? Value)>
        {
            ("server", Server),
            ("pin", Pin),
            ("boot", Boot),
            ("token", Token),
            ("auto", Flag(IsAuto)),
            ("language", Options.Language),
            ("keyboard", Options.Keyboard),
            ("sleep", Options.Sleep?.ToString(CultureInfo.InvariantCulture)),
            ("noshell", Flag(Options.NoShell == true)),
            ("cdebug", Flag(Options.Debug == true)),
            ("vlan", Options.Vlan is > 0 ? Options.Vlan?.ToString(CultureInfo.InvariantCulture) : null),
            ("high-contrast", Flag(Options.HighContrast == true)),
        };
        var own = words.Where(word => word.Value is not null).Select(word => $"{Prefix}{word.Name}={word.Value}");
        return new[] { Build }.Concat(own).Concat([Options.Kernel ?? ""]).Where(word => word.Length > 0);
    }

    private static string? Flag(bool isSet) => isSet ? "1" : null;
}
