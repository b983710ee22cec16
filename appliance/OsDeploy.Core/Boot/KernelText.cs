namespace OsDeploy.Boot;

/// <summary>What may stand in a kernel's command line: it passes through the scripts of two loaders, which must find nothing to act on.</summary>
public static class KernelText
{
    // Of the 2048 bytes a kernel takes, what the boot service adds needs its share.
    private const int MaxCommandLine = 1024;
    private const int MaxVersion = 64;

    /// <summary>Words with one blank between them.</summary>
    public static bool IsCommandLine(string text) =>
        text.Length is > 0 and <= MaxCommandLine && text.Split(' ').All(IsWord);

    /// <summary>A parameter, whether or not it has a value.</summary>
    public static bool IsWord(string text) => text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "._=,:/@+-%[]".Contains(letter, StringComparison.Ordinal));

    public static bool IsVersion(string text) =>
        text.Length is > 0 and <= MaxVersion && char.IsAsciiDigit(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "._+~-".Contains(letter, StringComparison.Ordinal));
}
