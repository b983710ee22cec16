using Mono.Unix.Native;

namespace OsDeploy.Personalisation;

/// <summary>What SELinux knows a file by: a system that enforces it refuses a file without one.</summary>
internal static class FileLabel
{
    private const string Name = "security.selinux";

    public static void Copy(string from, string to)
    {
        if (Syscall.lgetxattr(from, Name, out var label) > 0)
        {
            _ = Syscall.lsetxattr(to, Name, label);
        }
    }
}
