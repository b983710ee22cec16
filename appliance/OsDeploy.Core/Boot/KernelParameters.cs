using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.Boot;

/// <summary>
/// What the appliance tells a PC by the command line of its kernel. Anyone on the wire could have written it: what is not understood is left
/// out and said, and what stands in it may only narrow what this program does anyway.
/// </summary>
public sealed record KernelParameters
{
    /// <summary>How a parameter that is meant for this program begins.</summary>
    public const string Prefix = "osdeploy.";

    private const int MaxText = 300;
    private const int MostSleep = 3600;
    private const int MostVlan = 4094;

    private static readonly string[] s_languages = ["de", "en", "fr"];
    private static readonly string[] s_keyboards = ["de", "us", "fr", "uk"];

    /// <summary>Address of the appliance; null: not said.</summary>
    public string? Server { get; init; }

    /// <summary>Fingerprint of its key.</summary>
    public string? Pin { get; init; }

    /// <summary>Good for one hello: this PC may take its job.</summary>
    public string? Token { get; init; }

    /// <summary>Id of the appliance's record of this boot.</summary>
    public string? Boot { get; init; }

    public string? Language { get; init; }

    public string? Keyboard { get; init; }

    /// <summary>Seconds to wait after each step.</summary>
    public int? Sleep { get; init; }

    public int? Vlan { get; init; }

    public bool NoShell { get; init; }

    public bool Debug { get; init; }

    public bool Auto { get; init; }

    public bool HighContrast { get; init; }

    /// <summary>A line for each parameter that was not understood.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Of two with the same name the later one counts, as for the kernel.</summary>
    /// <param name="commandLine">Content of <c>/proc/cmdline</c>.</param>
    public static KernelParameters Parse(string commandLine)
    {
        var parameters = new KernelParameters();
        foreach (var word in commandLine.Split([' ', '\t', '\n', '\0'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.StartsWith(Prefix, StringComparison.Ordinal))
            {
                var (name, value) = word[Prefix.Length..].Split('=', 2) is [var before, var after] ? (before, after) : (word[Prefix.Length..], "");
                parameters = parameters.TryTake(name, value)
                    ?? (parameters with { Ignored = [.. parameters.Ignored, $"The boot parameter {Printable.Of(word)} is not understood and left out."] });
            }
        }

        return parameters;
    }

    // Null: not understood.
    private KernelParameters? TryTake(string name, string value) => name switch
    {
        "server" when IsText(value) => this with { Server = value },
        "pin" when IsText(value) => this with { Pin = value },
        "token" when IsText(value) => this with { Token = value },
        "boot" when IsText(value) => this with { Boot = value },
        "language" when s_languages.Contains(value) => this with { Language = value },
        "keyboard" when s_keyboards.Contains(value) => this with { Keyboard = value },
        "sleep" when NumberOf(value, 0, MostSleep) is { } sleep => this with { Sleep = sleep },
        "vlan" when NumberOf(value, 1, MostVlan) is { } vlan => this with { Vlan = vlan },
        "noshell" when FlagOf(value) is { } flag => this with { NoShell = flag },
        "cdebug" when FlagOf(value) is { } flag => this with { Debug = flag },
        "auto" when FlagOf(value) is { } flag => this with { Auto = flag },
        "high-contrast" when FlagOf(value) is { } flag => this with { HighContrast = flag },
        _ => null,
    };

    private static bool IsText(string value) => value.Length is > 0 and <= MaxText && KernelText.IsWord(value);

    private static int? NumberOf(string value, int least, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;

    private static bool? FlagOf(string value) => value switch { "1" => true, "0" => false, _ => null };
}
