using System.Net;
using System.Net.Sockets;
using OsDeploy.Server.Health;
using Xunit;

namespace OsDeploy.Tests.Health;

public sealed class SystemReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SystemReader Reader => new(_folder["root"]);

    [Fact]
    public void Sensors_are_read_with_their_limits_and_those_that_sleep_are_left_out()
    {
        Write("sys/class/hwmon/hwmon0/name", "coretemp\n");
        Write("sys/class/hwmon/hwmon0/temp1_input", "47000\n");
        Write("sys/class/hwmon/hwmon0/temp1_label", "Package id 0\n");
        Write("sys/class/hwmon/hwmon0/temp1_max", "80000\n");
        Write("sys/class/hwmon/hwmon0/temp1_crit", "100000\n");
        Write("sys/class/hwmon/hwmon0/temp2_input", "asleep\n");
        Write("sys/class/hwmon/hwmon1/name", "drivetemp\n");
        Write("sys/class/hwmon/hwmon1/temp1_input", "-5500\n");
        Write("sys/class/hwmon/hwmon1/temp1_crit", "0\n");
        Write("sys/class/hwmon/hwmon2/temp1_input", "999999\n");
        Write("sys/class/thermal/thermal_zone0/type", "acpitz\n");
        Write("sys/class/thermal/thermal_zone0/temp", "28000\n");
        Write("sys/class/thermal/thermal_zone0/trip_point_0_type", "passive\n");
        Write("sys/class/thermal/thermal_zone0/trip_point_0_temp", "70000\n");
        Write("sys/class/thermal/thermal_zone0/trip_point_1_type", "critical\n");
        Write("sys/class/thermal/thermal_zone0/trip_point_1_temp", "119000\n");
        Write("sys/class/thermal/cooling_device0/type", "fan\n");

        Assert.Equal([new("Package id 0", 47, 100), new("drivetemp", -5.5, null), new("acpitz", 28, 119)], Reader.Sensors());
    }

    [Fact]
    public void Memory_is_read()
    {
        Write("proc/meminfo", "MemTotal:        8000000 kB\nMemFree:          100000 kB\nMemAvailable:    2000000 kB\nHugePages_Total:       0\n");

        Assert.Equal(new MemoryReading(8_000_000L << 10, 2_000_000L << 10), Reader.Memory());
    }

    [Theory]
    [InlineData("36 35 8:1 / /data rw,noatime shared:1 - ext4 /dev/sda1 rw", false)]
    [InlineData("36 35 8:1 / /data ro,noatime shared:1 - ext4 /dev/sda1 rw", true)]
    [InlineData("36 35 8:1 / /data rw,noatime shared:1 - ext4 /dev/sda1 ro,errors=remount-ro", true)]
    [InlineData("36 35 8:1 / /data rw,noatime - ext4 /dev/sda1 rw,errors=remount-ro", false)]
    [InlineData("36 35 8:1 / /data/st rw - ext4 /dev/sda1 rw", true)]
    [InlineData("36 35 8:1 / /data/store rw - ext4 /dev/sda1 rw", false)]
    [InlineData("36 35 8:1 / /data/\\163tore rw - ext4 /dev/sda1 rw", false)]
    [InlineData("nonsense", true)]
    public void The_file_system_of_a_folder_is_the_one_mounted_nearest(string line, bool isReadOnly)
    {
        Write("proc/self/mountinfo", $"22 1 0:21 / / ro - squashfs /dev/loop0 ro\n{line}\n");

        Assert.Equal(isReadOnly, Reader.IsReadOnly("/data/store"));
    }

    [Fact]
    public void What_is_mounted_later_lies_over_what_was()
    {
        Write("proc/self/mountinfo", "36 35 8:1 / /data rw - ext4 /dev/sda1 rw\n37 35 8:2 / /data ro - ext4 /dev/sdb1 ro\n");

        Assert.True(Reader.IsReadOnly("/data"));
    }

    [Fact]
    public void Sockets_that_wait_are_told_from_connections()
    {
        const string Head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
        Write("proc/net/tcp", Head
            + "   0: 3500007F:0035 00000000:0000 0A 00000000:00000000 00:00000000 00000000   991        0 1 1 0 100 0 0 10 5\n"
            + "   1: 0100000A:0016 0200000A:C350 01 00000000:00000000 00:00000000 00000000     0        0 2 1 0 20 4 30 10 -1\n");
        Write("proc/net/tcp6", Head + "   0: 00000000000000000000000000000000:1D13 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000   900        0 3 1 0 100 0 0 10 0\n");
        Write("proc/net/udp", Head
            + "  100: 0100000A:0045 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4 2 0 0\n"
            + "  101: 0100000A:9C40 0300000A:0035 01 00000000:00000000 00:00000000 00000000     0        0 5 2 0 0\n"
            + "nonsense\n");

        Assert.Equal(
            [new("tcp", IPAddress.Parse("127.0.0.53"), 53, 991), new("tcp", IPAddress.IPv6Any, 7443, 900), new("udp", IPAddress.Parse("10.0.0.1"), 69, 0)],
            Reader.Sockets()!);
    }

    [Fact]
    public void What_really_listens_here_is_seen()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;

        Assert.Contains(new SystemReader().Sockets()!, socket => socket.Protocol == "tcp" && socket.Port == port && socket.IsInside);
    }

    [Fact]
    public void The_list_of_what_may_listen_is_read_without_its_remarks()
    {
        Assert.Null(Reader.Listed());
        Write("usr/lib/osdeploy/sockets.txt", Repository.Read("iso/appliance/sockets.txt"));
        Write("proc/sys/net/ipv4/ip_local_port_range", "1024\t2048\n");

        var listed = Reader.Listed()!;

        Assert.Contains(new ListedSocket(IsInside: false, "tcp", 22), listed);
        Assert.Contains(new ListedSocket(IsInside: true, "udp", 323), listed);
        Assert.Equal(Repository.Read("iso/appliance/sockets.txt").Split('\n').Count(line => line.StartsWith("card", StringComparison.Ordinal) || line.StartsWith("inside", StringComparison.Ordinal)), listed.Count);
        Assert.Equal((1024, 2048), Reader.OwnPorts());
    }

    [Fact]
    public void A_system_that_tells_nothing_is_one_of_which_nothing_is_known()
    {
        Assert.Empty(Reader.Sensors());
        Assert.Null(Reader.Memory());
        Assert.Null(Reader.IsReadOnly("/data"));
        Assert.Null(Reader.Sockets());
        Assert.Equal((32768, 60999), Reader.OwnPorts());
    }

    [Theory]
    [InlineData("C0A80101,192.168.1.1,3,1700000000.5,-0.000021,0.00001,0.00002,-12.3,0.01,0.1,0.02,0.001,64.2,Normal\n", "192.168.1.1", 3, true)]
    [InlineData("7F7F0101,,10,1700000000.5,0.5,0,0,0,0,0,0,0,0,Normal", "7F7F0101", 10, true)]
    [InlineData("00000000,,0,0.0,0.000000001,0,0,0,0,0,1,1,0,Not synchronised\n", "00000000", 0, false)]
    public void Chronyd_is_understood(string text, string source, int stratum, bool isSet)
    {
        var tracking = ChronyTracking.Parse(text);

        Assert.Equal((source, stratum, isSet), (tracking!.Source, tracking.Stratum, tracking.IsSet));
    }

    [Theory]
    [InlineData("")]
    [InlineData("506 Cannot talk to daemon")]
    [InlineData("A,b,x,0,0,0,0,0,0,0,0,0,0,Normal")]
    [InlineData("A,b,1,0,1e300,0,0,0,0,0,0,0,0,Normal")]
    [InlineData("A,b,1,0,NaN,0,0,0,0,0,0,0,0,Normal")]
    [InlineData("A,b,1,0,0,0,0,0,0,0,0,0,0,Normal,more")]
    public void What_chronyd_does_not_say_is_nothing(string text) => Assert.Null(ChronyTracking.Parse(text));

    [Theory]
    [InlineData(null)]
    [InlineData("2026-11-21", "documents-20261121.db", "documents-20261119.db", "documents-99.db")]
    public void The_newest_copy_says_its_day(string? day, params string[] files)
    {
        foreach (var file in files)
        {
            Write("copies/" + file, "x");
        }

        Assert.Equal(day, HealthLook.NewestCopy(_folder["root/copies"])?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder["root"], file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
