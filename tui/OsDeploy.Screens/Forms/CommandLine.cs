namespace OsDeploy.Screens.Forms;

/// <summary>A command of <c>osdeploy</c> that does what a screen does, to be shown, copied and learnt.</summary>
/// <param name="Arguments">Without the leading <c>osdeploy</c>.</param>
internal sealed record CommandLine(params IReadOnlyList<string> Arguments)
{
    /// <summary>With more behind it; what is null is left out.</summary>
    public CommandLine With(params IEnumerable<string?> more) => new([.. Arguments, .. more.OfType<string>()]);

    /// <summary>An option with its value, unless there is none.</summary>
    public CommandLine Option(string name, string? value) => value is null ? this : With(name, value);

    public CommandLine Flag(string name, bool isSet) => isSet ? With(name) : this;

    /// <summary>As a POSIX shell takes it.</summary>
    public override string ToString() => "osdeploy " + string.Join(' ', Arguments.Select(Quoted));

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:@=,+%".Contains(letter, StringComparison.Ordinal))
            ? argument
            : "'" + argument.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
