using System.Text.RegularExpressions;
using OsDeploy.Api.Boot;

namespace OsDeploy.Server.Boot;

/// <summary>What a script is made of. Nothing in it can end a word, a line or a string of either loader: it is checked here, not quoted there.</summary>
internal sealed partial record ScriptFacts
{
    private readonly string _server = "";
    private readonly string? _build;
    private readonly string _line = "";
    private readonly string _name = "";
    private readonly string? _verifier;

    public required BootDecision Decision { get; init; }

    public required BootFirmware Firmware { get; init; }

    /// <summary>Address of the plain listener, with its port unless that is 80.</summary>
    public required string Server
    {
        get => _server;
        init => _server = Checked(Authority(), value);
    }

    /// <summary>Id of the client build; null: nothing is started from one.</summary>
    public string? Build
    {
        get => _build;
        init => _build = value is null ? null : Checked(BuildId(), value);
    }

    /// <summary>The kernel's command line.</summary>
    public string KernelLine
    {
        get => _line;
        init => _line = value.Length == 0 ? value : Checked(Words(), value);
    }

    /// <summary>Of the host, or its address; for the screen.</summary>
    public required string Name
    {
        get => _name;
        init => _name = Checked(Title(), value);
    }

    /// <summary>GRUB only: what it compares the menu's password with; null: nothing.</summary>
    public string? Verifier
    {
        get => _verifier;
        init => _verifier = value is null || GrubVerifier.IsOne(value) ? value : throw new ArgumentException("This cannot stand in a boot script.", nameof(value));
    }

    public string Language { get; init; } = "en";

    /// <summary>How long the menu stays.</summary>
    public int Seconds { get; init; } = 10;

    /// <summary>GRUB only: the files come by TFTP, because HTTP has failed.</summary>
    public bool IsOverTftp { get; init; }

    public ScriptWords Text => ScriptWords.Of(Language);

    /// <summary>Whether a word may stand in a kernel's command line.</summary>
    public static bool IsKernelLine(string text) => Words().IsMatch(text);

    private static string Checked(Regex shape, string value) =>
        shape.IsMatch(value) ? value : throw new ArgumentException("This cannot stand in a boot script.", nameof(value));

    [GeneratedRegex(@"^[0-9]{1,3}(\.[0-9]{1,3}){3}(:[0-9]{1,5})?\z")]
    private static partial Regex Authority();

    [GeneratedRegex(@"^[0-9a-f]{16}\z")]
    private static partial Regex BuildId();

    [GeneratedRegex(@"^[A-Za-z0-9._=,:/@+%-]+( [A-Za-z0-9._=,:/@+%-]+)*\z")]
    private static partial Regex Words();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.:-]{0,62}\z")]
    private static partial Regex Title();
}
