using System.Globalization;
using OsDeploy.Images;

namespace OsDeploy.Server.Configurations;

/// <summary>The name of a configuration's image: the configuration's own, as far as a folder can have it.</summary>
internal static class ImageNames
{
    /// <summary>What an image's name cannot have becomes a dash; a number is added if the name is in use, compared without case.</summary>
    public static ImageName Of(string configuration, IEnumerable<ImageName> inUse)
    {
        var taken = inUse.Select(name => name.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var letters = string.Concat(configuration.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' ? letter : '-')).TrimStart('.', '-').TrimEnd('-');
        var stem = letters.Length == 0 ? "image" : letters[..Math.Min(letters.Length, ImageName.MaxLength / 2)];
        var text = stem;
        for (var number = 2; taken.Contains(text); number++)
        {
            text = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}");
        }

        return ImageName.Parse(text);
    }
}
