using Mono.Unix.Native;
using OsDeploy.Helper.Health;

namespace OsDeploy.MachineTests.Helper;

/// <summary>The journal that root lays down for another user, in that user's own folder.</summary>
public sealed class JournalFileTests : IDisposable
{
    private const uint Nobody = 65534;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-journal-");

    public JournalFileTests() => Root.OrSkip();

    [Fact]
    public void It_is_that_users_alone_and_what_lies_in_its_place_is_not_followed()
    {
        var (path, other) = (System.IO.Path.Combine(_folder.FullName, "journal"), System.IO.Path.Combine(_folder.FullName, "of-root"));
        File.WriteAllText(other, "untouched");
        File.CreateSymbolicLink(path, other);
        Assert.Equal(0, Syscall.chown(_folder.FullName, Nobody, Nobody));

        new JournalFile(path, Nobody).Write("what the system said\n"u8.ToArray());

        Assert.Equal(0, Syscall.lstat(path, out var laid));
        Assert.Equal((Nobody, FilePermissions.S_IFREG | FilePermissions.S_IRUSR), (laid.st_uid, laid.st_mode));
        Assert.Equal("untouched", File.ReadAllText(other));
        Assert.Equal(0, Syscall.lstat(other, out var untouched));
        Assert.Equal(0u, untouched.st_uid);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
