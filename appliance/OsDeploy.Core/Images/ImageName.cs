using System.Diagnostics.CodeAnalysis;

namespace OsDeploy.Images;

/// <summary>
/// Name of an image: 1 to 64 of <c>a-z A-Z 0-9 . _ -</c>, not starting with a dot or dash. It is a folder name in a store, so the
/// grammar is all there is between a typed name and the file system.
/// </summary>
public readonly record struct ImageName
{
    public const int MaxLength = 64;

    private readonly string? _text;

    private ImageName(string text) => _text = text;

    public static bool TryParse([NotNullWhen(true)] string? text, out ImageName name)
    {
        var fits = text is { Length: > 0 and <= MaxLength } && text[0] is not ('.' or '-')
            && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-');
        name = fits ? new ImageName(text!) : default;
        return fits;
    }

    /// <exception cref="UserErrorException"><c>image-name</c></exception>
    public static ImageName Parse(string? text) => TryParse(text, out var name) ? name : throw Errors.ImageName(text);

    public override string ToString() => _text ?? "";
}
