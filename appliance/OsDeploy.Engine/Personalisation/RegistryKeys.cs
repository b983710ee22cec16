using System.Buffers.Binary;
using System.Text;

namespace OsDeploy.Personalisation;

/// <summary>Keys that personalisation writes, and values as they lie in a hive.</summary>
internal static class RegistryKeys
{
    private const string Machine = @"HKEY_LOCAL_MACHINE\";
    private const string ControlSet = Machine + @"SYSTEM\CurrentControlSet\";

    public const string ComputerName = ControlSet + @"Control\ComputerName\ComputerName";
    public const string ActiveComputerName = ControlSet + @"Control\ComputerName\ActiveComputerName";
    public const string Tcpip = ControlSet + @"Services\Tcpip\Parameters";
    public const string BitLocker = ControlSet + @"Control\BitLocker";
    public const string Setup = Machine + @"SYSTEM\Setup";
    public const string CurrentVersion = Machine + @"SOFTWARE\Microsoft\Windows\CurrentVersion";

    public static byte[] Text(string text) => [.. Encoding.Unicode.GetBytes(text), 0, 0];

    public static byte[] Number(uint number)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return bytes;
    }
}
