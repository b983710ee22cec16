using System.Globalization;
using System.Text;
using Mono.Unix.Native;
using OsDeploy.Storage;

namespace OsDeploy.Helper.Systems;

/// <summary>The counter of the newest system that has run here, on the appliance's volume: what is older is not taken as an update, whatever runs now.</summary>
/// <param name="folder">Where the volume is mounted.</param>
internal sealed class HighestCounter(string folder)
{
    private const int MaxLength = 32;

    private string Folder => Path.Combine(folder, "system");

    private string FilePath => Path.Combine(Folder, "counter");

    /// <summary>0: none is known.</summary>
    public long Read()
    {
        try
        {
            return new FileInfo(FilePath) is { Exists: true, LinkTarget: null, Length: <= MaxLength } && long.TryParse(File.ReadAllText(FilePath).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var counter) ? counter : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Root's alone: the daemon, whose folder it lies in, does not write it.</summary>
    /// <exception cref="UserErrorException"><c>disk-full</c>, <c>disk-write-failed</c></exception>
    public void Remember(long counter)
    {
        if (!Directory.Exists(folder) || counter <= Read())
        {
            return;
        }

        DurableFile.CreateFolder(Folder);
        _ = Syscall.chmod(Folder, FilePermissions.S_IRWXU);
        DurableFile.Write(FilePath, Encoding.ASCII.GetBytes(counter.ToString(CultureInfo.InvariantCulture) + "\n"), overwrite: true);
    }
}
