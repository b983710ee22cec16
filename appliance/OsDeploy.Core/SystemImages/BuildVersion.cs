using OsDeploy.Text;

namespace OsDeploy.SystemImages;

/// <summary>Which build of the appliance runs, for whoever shows a version. Two lines of a file: the version, and that it is a development build.</summary>
public static class BuildVersion
{
    /// <summary>Not there where the programs run on another system.</summary>
    public const string PathOnAppliance = "/usr/lib/osdeploy/version";

    private const string Development = "development build";
    private const int Most = 200;

    /// <summary>Null: this system was not started from an appliance's medium.</summary>
    public static string? OfSystem { get; } = Read(PathOnAppliance);

    public static string TextOf(string version, bool isDevelopment) => isDevelopment ? $"{version}\n{Development}\n" : version + "\n";

    /// <summary>The program's own version with the build behind it, if there is one.</summary>
    public static string With(string program) => OfSystem is { } build ? $"{program} ({build})" : program;

    internal static string? Read(string path)
    {
        try
        {
            var lines = File.ReadLines(path).Take(2).Select(line => Printable.Of(line, Most)).Where(line => line.Length > 0).ToList();
            return lines.Count > 0 ? string.Join(", ", lines) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
