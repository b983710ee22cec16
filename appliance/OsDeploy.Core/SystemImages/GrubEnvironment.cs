using System.Text;

namespace OsDeploy.SystemImages;

/// <summary>
/// The block in which GRUB keeps variables (GRUB manual, "Environment block"): 1024 bytes, a line of head, lines <c>NAME=VALUE</c>, and <c>#</c> up to the
/// end. Only variables of the appliance are in it, and they end before the first 512 bytes do: a disk writes these whole or not at all.
/// </summary>
public sealed record GrubEnvironment(IReadOnlyDictionary<string, string> Values)
{
    public static GrubEnvironment Empty { get; } = new(new Dictionary<string, string>());

    public const int Size = 1024;

    /// <summary>The place that is started.</summary>
    public const string SlotName = "osdeploy_slot";

    /// <summary>The place that is started once: GRUB takes it out before it starts it.</summary>
    public const string TryName = "osdeploy_try";

    /// <summary>As the kernel's command line had them when it was installed; empty: not said.</summary>
    public const string LanguageName = "osdeploy_language";

    public const string KeyboardName = "osdeploy_keyboard";

    private const int Sector = 512;
    private const string Head = "# GRUB Environment Block\n";

    public string? Slot => Values.GetValueOrDefault(SlotName);

    /// <summary>Null: none.</summary>
    public string? Try => Values.GetValueOrDefault(TryName) is { Length: > 0 } value ? value : null;

    /// <summary>Id of the file system of a place.</summary>
    public static string IdName(string slot) => "osdeploy_" + slot;

    public string this[string name] => Values.GetValueOrDefault(name) ?? "";

    public GrubEnvironment With(string name, string value) => new(new SortedDictionary<string, string>(Values.ToDictionary(), StringComparer.Ordinal) { [name] = value });

    /// <exception cref="FormatException">Not a block of GRUB.</exception>
    public static GrubEnvironment Parse(ReadOnlySpan<byte> block)
    {
        if (block.Length != Size || block.ContainsAnyExceptInRange((byte)0x0a, (byte)0x7e))
        {
            throw new FormatException("it has another size or letters");
        }

        var text = Encoding.ASCII.GetString(block);
        if (!text.StartsWith(Head, StringComparison.Ordinal))
        {
            throw new FormatException("it does not begin like one");
        }

        SortedDictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var line in text[Head.Length..].Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.Split('=', 2) is not [{ Length: > 0 } name, var value] || !values.TryAdd(name, value))
            {
                throw new FormatException("a line of it is no variable");
            }
        }

        return new GrubEnvironment(values);
    }

    /// <exception cref="FormatException">What is to be kept does not fit.</exception>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(Head);
        foreach (var (name, value) in Values)
        {
            text.Append(name).Append('=').Append(value).Append('\n');
        }

        var isFit = text.Length <= Sector && Values.All(pair => IsPlain(pair.Key) && pair.Key.Length > 0 && IsPlain(pair.Value));
        return isFit ? Encoding.ASCII.GetBytes(text.Append('#', Size - text.Length).ToString()) : throw new FormatException("a variable is too long or has letters that it cannot have");
    }

    // Without what GRUB would have to escape.
    private static bool IsPlain(string text) => text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');
}
