using System.Globalization;
using System.Text;
using Mono.Unix.Native;
using OsDeploy.Api.Helper;
using OsDeploy.Storage;

namespace OsDeploy.Helper;

/// <summary>
/// Operators as users of the system, in a file of their own beside /etc/passwd (Debian's libnss-extrausers reads it). None has a password
/// there: the daemon is asked. One file, replaced as a whole, so that no moment sees half of a change.
/// </summary>
/// <param name="path">The file: lines as of passwd(5).</param>
/// <param name="system">The users that the system has anyway.</param>
/// <param name="groupOf">Number of a group by its name; null: there is none.</param>
internal sealed class OperatorFile(string path, string system, Func<string, uint?> groupOf)
{
    // No password matches a star (shadow(5)), here as there.
    private const string NoPassword = "*";
    private const string Home = "/";
    private const string Shell = "/usr/lib/osdeploy/" + MirroredOperators.LoginProgram;

    // Whatever the umask: every program asks who a user is.
    private const UnixFileMode ReadByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static OperatorFile OfSystem() => new("/var/lib/extrausers/passwd", "/etc/passwd", name => Syscall.getgrnam(name)?.gr_gid);

    /// <summary>Makes it so that these are users and nobody else is.</summary>
    /// <returns>Names that were left out: the system has users of these names.</returns>
    /// <exception cref="UserErrorException"><c>operators-refused</c>, <c>operators-group-missing</c>, <c>operators-not-written</c></exception>
    public IReadOnlyList<string> Write(IReadOnlyList<MirroredOperator> operators)
    {
        Require(operators);
        var group = groupOf(MirroredOperators.Group) ?? throw Errors.OperatorGroupMissing();
        var taken = NamesOfSystem();
        var left = operators.Where(one => taken.Contains(one.Name)).Select(one => one.Name).ToList();
        var lines = operators.Where(one => !taken.Contains(one.Name)).OrderBy(one => one.Uid).Select(one => LineOf(one, group));
        WriteLines(string.Concat(lines));
        return left;
    }

    // Whoever asks is not trusted with root: a name or a number of the system's own must not get through.
    private static void Require(IReadOnlyList<MirroredOperator> operators)
    {
        if (operators.Count > MirroredOperators.Most)
        {
            throw Errors.OperatorRefused("there are too many");
        }

        if (operators.FirstOrDefault(one => !MirroredOperators.IsName(one.Name)) is { } odd)
        {
            throw Errors.OperatorRefused($"{odd.Name} is no name of a user");
        }

        if (operators.FirstOrDefault(one => !MirroredOperators.IsUid(one.Uid)) is { } strange)
        {
            throw Errors.OperatorRefused(string.Create(CultureInfo.InvariantCulture, $"{strange.Uid} is no number of an operator"));
        }

        if (operators.DistinctBy(one => one.Uid).Count() != operators.Count || operators.DistinctBy(one => one.Name).Count() != operators.Count)
        {
            throw Errors.OperatorRefused("two have the same name or number");
        }
    }

    private static string LineOf(MirroredOperator one, uint group) =>
        string.Create(CultureInfo.InvariantCulture, $"{one.Name}:{NoPassword}:{one.Uid}:{group}:operator:{Home}:{Shell}\n");

    private HashSet<string> NamesOfSystem()
    {
        try
        {
            return [.. File.ReadLines(system).Select(line => line.Split(':')[0])];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.OperatorFileNotWritten(path, e);
        }
    }

    private void WriteLines(string lines)
    {
        var bytes = Encoding.ASCII.GetBytes(lines);
        try
        {
            // Told every few minutes: what is there already is not written again.
            if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                DurableFile.Write(path, bytes, overwrite: true);
                File.SetUnixFileMode(path, ReadByAll);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.OperatorFileNotWritten(path, e);
        }
    }
}
