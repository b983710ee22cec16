using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using OsDeploy.Api.Moving;
using OsDeploy.Server.Moving;
using OsDeploy.Tests.Daemons;
using Xunit;

namespace OsDeploy.Tests.Moving;

/// <summary>Files that are no backups, or were one once.</summary>
public sealed class HostileBackupTests
{
    private const int Damages = 150;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_damaged_backup_is_refused_and_nothing_changes()
    {
        await using var daemon = await TestDaemon.StartAsync();
        await MovedSchool.PrepareAsync(daemon);
        var backup = await MovedSchool.BackUpAsync(daemon, MovedSchool.KeyPassword);
        var state = await MovedSchool.StateAsync(daemon);

        await Seeded.CasesAsync(Damages, async random =>
        {
            var damaged = Mutation.Of(backup, random);
            if (!damaged.AsSpan().SequenceEqual(backup))
            {
                await AssertRefusedAsync(damaged, backup);
            }
        });

        Assert.Equal("backup-invalid", await MovedSchool.AskCodeAsync(() => MovedSchool.SendAsync(daemon, backup[..(backup.Length / 2)])));
        Assert.Equal(state, await MovedSchool.StateAsync(daemon));
        Assert.False(Directory.Exists(Path.Combine(daemon.Folder, BackupPaths.Staging)));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/etc/passwd")]
    [InlineData("store/../../evil")]
    [InlineData("store/image/../evil.json")]
    [InlineData("hooks/../evil")]
    [InlineData("hooks/.hidden")]
    [InlineData("hooks/a/b")]
    [InlineData("secret.key")]
    [InlineData("documents.db-wal")]
    [InlineData("contents/short")]
    [InlineData("store/packs/x")]
    public async Task A_name_that_no_backup_has_is_refused(string name)
    {
        var bytes = "evil"u8.ToArray();

        await AssertRefusedAsync(Archive(HeadOf([FileOf(BackupPaths.Documents, bytes), FileOf(name, bytes)]), (BackupPaths.Documents, bytes), (name, bytes)));
    }

    [Fact]
    public async Task What_is_not_listed_or_listed_twice_or_something_else_is_refused()
    {
        var bytes = "not a database"u8.ToArray();
        var documents = FileOf(BackupPaths.Documents, bytes);

        await AssertRefusedAsync(Archive(HeadOf([documents]), (BackupPaths.Documents, bytes), ("hooks/more", bytes)));
        await AssertRefusedAsync(Archive(HeadOf([documents, documents]), (BackupPaths.Documents, bytes), (BackupPaths.Documents, bytes)));
        await AssertRefusedAsync(Archive(HeadOf([FileOf("hooks/only", bytes)]), ("hooks/only", bytes)));
        await AssertRefusedAsync(Archive(HeadOf([documents with { Size = 5 }]), (BackupPaths.Documents, bytes)));
        await AssertRefusedAsync(Archive(HeadOf([documents with { Sha256 = new string('0', 64) }]), (BackupPaths.Documents, bytes)));
        await AssertRefusedAsync(Archive(HeadOf([documents, FileOf("contents/" + new string('a', 64), bytes)]), (BackupPaths.Documents, bytes), ("contents/" + new string('a', 64), bytes)));
        await AssertRefusedAsync(Archive(HeadOf([documents]) with { Format = 2 }, (BackupPaths.Documents, bytes)), "backup-too-new");
        await AssertRefusedAsync([]);
        await AssertRefusedAsync("a text"u8.ToArray());
    }

    [Fact]
    public async Task Documents_that_are_none_are_refused_by_the_appliance()
    {
        await using var daemon = await TestDaemon.StartAsync();
        var bytes = "not a database"u8.ToArray();

        Assert.Equal("backup-invalid", await MovedSchool.AskCodeAsync(
            () => MovedSchool.SendAsync(daemon, Archive(HeadOf([FileOf(BackupPaths.Documents, bytes)]), (BackupPaths.Documents, bytes)))));
    }

    [Fact]
    public async Task A_bomb_costs_no_more_than_what_it_lists()
    {
        // A gigabyte of zeros behind a list that promises four bytes, and a head that never ends.
        var bytes = "four"u8.ToArray();
        await AssertRefusedAsync(Archive(HeadOf([FileOf(BackupPaths.Documents, bytes)]), (BackupPaths.Documents, new byte[64 << 20])));
        await AssertRefusedAsync(Packed(tar => tar.WriteEntry(Entry(BackupHead.Name, new byte[BackupHead.MaxLength + 1]))));
        await AssertRefusedAsync(Archive(HeadOf([FileOf(BackupPaths.Documents, bytes) with { Size = 1L << 60 }]), (BackupPaths.Documents, bytes)), "backup-no-room");
    }

    [Fact]
    public async Task Links_and_other_records_are_refused()
    {
        foreach (var type in new[] { TarEntryType.SymbolicLink, TarEntryType.HardLink, TarEntryType.Directory, TarEntryType.Fifo })
        {
            var entry = new UstarTarEntry(type, BackupHead.Name);
            if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            {
                entry.LinkName = "/etc/shadow";
            }

            await AssertRefusedAsync(Packed(tar => tar.WriteEntry(entry)));
        }

        await AssertRefusedAsync(Packed(tar => tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, BackupHead.Name, new Dictionary<string, string> { ["comment"] = "x" }))));
    }

    [Fact]
    public void Keys_open_with_their_password_and_their_head_only()
    {
        var keys = new BackupKeys([1, 2, 3], [4, 5]);
        var locked = SealedKeys.NewLock();
        var head = "head"u8.ToArray();
        var message = SealedKeys.Seal(keys, locked, MovedSchool.KeyPassword, head);

        var opened = SealedKeys.Open(message, locked, MovedSchool.KeyPassword, head);

        Assert.Equal(keys.Appliance, opened.Appliance);
        Assert.Equal(keys.Secret, opened.Secret);
        Assert.Equal("backup-password-wrong", Assert.Throws<UserErrorException>(() => SealedKeys.Open(message, locked, MovedSchool.KeyPassword, "heat"u8)).Code);
        Assert.Equal("backup-password-wrong", Assert.Throws<UserErrorException>(() => SealedKeys.Open(message, locked, "another", head)).Code);
        Assert.Equal("backup-invalid", Assert.Throws<UserErrorException>(() => SealedKeys.Open(message, locked with { Iterations = 1000 }, MovedSchool.KeyPassword, head)).Code);
        Assert.Equal("backup-invalid", Assert.Throws<UserErrorException>(() => SealedKeys.Open(message, locked with { Iterations = int.MaxValue }, MovedSchool.KeyPassword, head)).Code);
        Assert.Equal("backup-invalid", Assert.Throws<UserErrorException>(() => SealedKeys.Open(message.AsSpan(0, 10), locked, MovedSchool.KeyPassword, head)).Code);
    }

    // What unpacks after all must be what it was: the bytes that were hit mean nothing (the clock in gzip's head).
    private static async Task AssertRefusedAsync(byte[] damaged, byte[] whole)
    {
        using var folder = new TemporaryFolder();
        try
        {
            var unpacked = await BackupIntake.UnpackAsync(new MemoryStream(damaged), folder["in"], Cancel);
            var wanted = await BackupIntake.UnpackAsync(new MemoryStream(whole), folder["whole"], Cancel);
            Assert.Equal(wanted.HeadBytes, unpacked.HeadBytes);
        }
        catch (UserErrorException e)
        {
            Assert.True(e.Code is "backup-invalid" or "backup-too-new" or "backup-no-room", e.ToString());
        }
    }

    private static async Task AssertRefusedAsync(byte[] backup, string code = "backup-invalid")
    {
        using var folder = new TemporaryFolder();
        var error = await Assert.ThrowsAsync<UserErrorException>(() => BackupIntake.UnpackAsync(new MemoryStream(backup), folder["in"], Cancel));
        Assert.True(error.Code == code, error.ToString());
        Assert.False(File.Exists(folder["evil"]));
        Assert.True(Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length) < 1 << 20);
    }

    private static BackupFile FileOf(string path, byte[] bytes) => new(path, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    private static BackupHead HeadOf(IReadOnlyList<BackupFile> files) =>
        new(BackupHead.CurrentFormat, "test", "evil", "a b c d", DateTimeOffset.UnixEpoch, "nobody", new BackupCounts(0, 0, 0, 0, 0, 0, 0), files, null, []);

    private static byte[] Archive(BackupHead head, params (string Path, byte[] Bytes)[] files) => Packed(tar =>
    {
        var bytes = head.ToBytes();
        tar.WriteEntry(Entry(BackupHead.Name, bytes));
        tar.WriteEntry(Entry(BackupHead.SumName, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(bytes)))));
        foreach (var (path, content) in files)
        {
            tar.WriteEntry(Entry(path, content));
        }
    });

    private static UstarTarEntry Entry(string path, byte[] bytes) => new(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(bytes) };

    private static byte[] Packed(Action<TarWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(packed, TarEntryFormat.Ustar))
        {
            write(tar);
        }

        return bytes.ToArray();
    }
}
