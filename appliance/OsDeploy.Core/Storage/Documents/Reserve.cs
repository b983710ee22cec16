using System.Security.Cryptography;

namespace OsDeploy.Storage.Documents;

/// <summary>
/// Room that nobody else can take: a file that is given up when the disk is full, so that the little that must still be written can
/// be (a login, a delete, a prune). Used under the database's lock.
/// </summary>
internal sealed class Reserve(string path, TimeProvider clock)
{
    public const int Bytes = 8 << 20;

    private static readonly TimeSpan s_pause = TimeSpan.FromMinutes(1);

    private DateTimeOffset _nextTry = DateTimeOffset.MinValue;

    /// <summary>Whether the reserve is given up, or could never be made.</summary>
    public bool IsReleased { get; private set; } = !IsWhole(path);

    /// <returns>False if there is nothing to give up any more.</returns>
    public bool Release()
    {
        if (IsReleased)
        {
            return false;
        }

        DurableFile.Delete(path);
        IsReleased = true;
        _nextTry = clock.GetUtcNow() + s_pause;
        return true;
    }

    /// <summary>Makes the reserve anew if there is room for it and as much again, else the next write would give it up at once.</summary>
    public void RemakeIfRoom()
    {
        if (!IsReleased || clock.GetUtcNow() < _nextTry)
        {
            return;
        }

        _nextTry = clock.GetUtcNow() + s_pause;
        try
        {
            if (StoreSpace.Free(Path.GetDirectoryName(path)!) >= 2 * Bytes)
            {
                // Noise: a file system that compresses keeps no room for zeros.
                DurableFile.Write(path, RandomNumberGenerator.GetBytes(Bytes), overwrite: true);
                IsReleased = false;
            }
        }
        catch (UserErrorException)
        {
            // It is missing as before, which IsReleased says. Who just wrote a document did so with success.
        }
    }

    private static bool IsWhole(string path) => new FileInfo(path) is { Exists: true, Length: >= Bytes };
}
