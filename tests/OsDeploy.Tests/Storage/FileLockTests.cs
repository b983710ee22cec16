using Mono.Unix.Native;
using OsDeploy.Storage;
using Xunit;

namespace OsDeploy.Tests.Storage;

public sealed class FileLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["lock"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Many_share_or_one_owns()
    {
        using (var one = FileLock.TryShare(Path))
        using (var two = FileLock.TryShare(Path))
        {
            Assert.NotNull(one);
            Assert.NotNull(two);
            Assert.False(one.TryUpgrade());
            Assert.Null(FileLock.TryOwn(Path));
        }

        using var owner = FileLock.TryOwn(Path);
        Assert.NotNull(owner);
        Assert.Null(FileLock.TryShare(Path));
        owner.Downgrade();
        using var shared = FileLock.TryShare(Path);
        Assert.NotNull(shared);
    }

    [Theory]
    [InlineData(Errno.EWOULDBLOCK, false)]
    [InlineData(Errno.ENOLCK, true)]
    [InlineData(Errno.EOPNOTSUPP, true)]
    [InlineData(Errno.ENOSYS, true)]
    public void Only_a_lock_that_another_has_is_refused(Errno error, bool isGranted) => Assert.Equal(isGranted, FileLock.IsGrantedAfter(error));

    [Fact]
    public void A_disk_that_fails_is_not_taken_for_a_lock_that_another_has() =>
        Assert.ThrowsAny<IOException>(() => FileLock.IsGrantedAfter(Errno.EIO));

    [Fact]
    public void A_folder_that_is_gone_is_a_user_error() =>
        Assert.Equal("store-read-failed", Assert.Throws<UserErrorException>(() => FileLock.TryShare(_folder["gone/lock"])).Code);
}
