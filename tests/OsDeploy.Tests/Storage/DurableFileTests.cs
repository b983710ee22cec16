using OsDeploy.Storage;
using Xunit;

namespace OsDeploy.Tests.Storage;

public sealed class DurableFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_written_whole_and_nothing_else_is_left()
    {
        DurableFile.Write(_folder["a"], "one"u8, overwrite: false);
        DurableFile.Write(_folder["a"], "two"u8, overwrite: true);
        Assert.Equal("two", File.ReadAllText(_folder["a"]));
        Assert.Single(Directory.EnumerateFiles(_folder.Path));
    }

    [Fact]
    public void An_immutable_name_keeps_its_first_content()
    {
        DurableFile.Write(_folder["a"], "one"u8, overwrite: false);
        DurableFile.Write(_folder["a"], "two"u8, overwrite: false);
        Assert.Equal("one", File.ReadAllText(_folder["a"]));
    }

    [Fact]
    public void A_folder_that_is_gone_is_a_user_error()
    {
        Assert.Equal("disk-write-failed", Assert.Throws<UserErrorException>(() => DurableFile.Write(_folder["no/a"], "x"u8, overwrite: true)).Code);
        Assert.Equal("disk-write-failed", Assert.Throws<UserErrorException>(() => DurableFile.SyncFolder(_folder["no"])).Code);
        Assert.Equal("disk-write-failed", Assert.Throws<UserErrorException>(() => DurableFile.Publish(_folder["no"], _folder["a"])).Code);
    }

    [Fact]
    public void What_cannot_be_synced_is_a_user_error()
    {
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream();
        Assert.Equal("disk-write-failed", Assert.Throws<UserErrorException>(() => DurableFile.Sync(pipe.SafePipeHandle, "a pipe")).Code);
    }

    [Fact]
    public void Moving_and_deleting_leave_one_name_or_none()
    {
        DurableFile.CreateFolder(_folder["b"]);
        DurableFile.CreateFolder(_folder["b"]);
        DurableFile.Write(_folder["a"], "one"u8, overwrite: false);
        DurableFile.Move(_folder["a"], _folder["b/a"]);
        Assert.False(File.Exists(_folder["a"]));
        Assert.Equal("one", File.ReadAllText(_folder["b/a"]));
        DurableFile.Delete(_folder["b/a"]);
        Assert.Empty(Directory.EnumerateFiles(_folder["b"]));
    }

    [Fact]
    public void Free_space_is_that_of_the_file_system()
    {
        var drive = new DriveInfo(_folder.Path);
        Assert.InRange(StoreSpace.Free(_folder.Path), drive.AvailableFreeSpace / 2, drive.TotalSize);
        Assert.Equal("store-read-failed", Assert.Throws<UserErrorException>(() => StoreSpace.Free(_folder["no"])).Code);
    }
}
