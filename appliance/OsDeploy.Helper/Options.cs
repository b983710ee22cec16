using System.Globalization;
using System.Text;
using OsDeploy.SetUp;

namespace OsDeploy.Helper;

/// <param name="Socket">Absolute path.</param>
/// <param name="AllowedUser">Number of the one user besides root that may ask.</param>
/// <param name="IsDryRun">Says what it would do instead of doing it.</param>
/// <param name="BootFolder">Of what PCs load by TFTP; made for that user if it is not there.</param>
/// <param name="DataFolder">Where the appliance's volume is mounted.</param>
internal sealed record Options(string Socket, uint AllowedUser, bool IsDryRun, string BootFolder = Options.UsualBootFolder, string DataFolder = DataVolume.UsualFolder)
{
    public const string Usage = "osdeploy-helper --socket PATH --allow-uid UID [--boot-folder DIR] [--data DIR] [--dry-run]";

    /// <summary>As osdeployd's own default.</summary>
    public const string UsualBootFolder = "/var/lib/osdeploy-boot";

    // sun_path of unix(7), without the zero at its end.
    private const int MaxPath = 107;

    /// <exception cref="UserErrorException"><c>usage-arguments</c></exception>
    public static Options Parse(IReadOnlyList<string> arguments)
    {
        var (socket, user, isDryRun, folder, data) = ((string?)null, (uint?)null, false, (string?)null, (string?)null);
        var words = new Queue<string>(arguments);
        while (words.TryDequeue(out var word))
        {
            switch (word)
            {
                case "--socket" when socket is null && words.TryDequeue(out var path):
                    socket = PathOf(path);
                    break;
                case "--allow-uid" when user is null && words.TryDequeue(out var number):
                    user = UserOf(number);
                    break;
                case "--boot-folder" when folder is null && words.TryDequeue(out var path):
                    folder = FolderOf(word, path);
                    break;
                case "--data" when data is null && words.TryDequeue(out var path):
                    data = FolderOf(word, path);
                    break;
                case "--dry-run" when !isDryRun:
                    isDryRun = true;
                    break;
                default:
                    throw Errors.Usage($"it does not understand \"{word}\" there");
            }
        }

        return new Options(
            socket ?? throw Errors.Usage("--socket is missing"), user ?? throw Errors.Usage("--allow-uid is missing"), isDryRun, folder ?? UsualBootFolder, data ?? DataVolume.UsualFolder);
    }

    private static string PathOf(string text) =>
        Path.IsPathRooted(text) && Encoding.UTF8.GetByteCount(text) <= MaxPath && !Path.EndsInDirectorySeparator(text)
            ? text
            : throw Errors.Usage("--socket takes an absolute path of at most 107 bytes");

    // It stands in a configuration, line by line.
    private static string FolderOf(string option, string text) =>
        Path.IsPathRooted(text) && Path.GetFullPath(text) == text && text.Length is > 1 and <= MaxPath && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "/._-".Contains(letter, StringComparison.Ordinal))
            ? text
            : throw Errors.Usage(option + " takes an absolute path of letters, digits, dots and dashes");

    // The highest number is no user: chown(2) takes it for "leave it as it is".
    private static uint UserOf(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var user) && user != uint.MaxValue
            ? user
            : throw Errors.Usage("--allow-uid takes the number of a user");
}
