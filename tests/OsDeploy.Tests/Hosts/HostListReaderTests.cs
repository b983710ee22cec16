using System.Text;
using OsDeploy.Server.Hosts.Lists;
using Xunit;

namespace OsDeploy.Tests.Hosts;

public sealed class HostListReaderTests
{
    private const string Cranix =
        "Room;MAC;serial;INVENTARY;locality;hwconf\r\n";

    private const string Good =
        "Room;MAC;Name;hwconf;row;place;wlanmac;wlanip;serial;inventary;owner;ip;notes\r\n"
        + "r101;02:00:00:00:00:01;r101-pc01;win11;1;2;02:00:00:00:01:01;10.0.1.1;SN1;INV-7;anna;10.0.0.1;\"near the; \"\"door\"\"\"\r\n"
        + "r101;02-00-00-00-00-02;;;;;;;;;;;\r\n";

    [Fact]
    public void Columns_come_in_any_case_and_order()
    {
        var read = Read(Good);

        Assert.Empty(read.Faults);
        Assert.Equal([2, 3], read.Lines.Select(line => line.Line));
        var first = read.Lines[0];
        Assert.Equal(("02:00:00:00:00:01", "r101-pc01", "r101", "win11"), (first.Macs[0].ToString(), first.Name.ToString(), first.Room, first.Configuration));
        Assert.Equal(("1", "2", "02:00:00:00:01:01", "10.0.1.1"), (first.Details.Row, first.Details.Place, first.Details.WlanMac, first.Details.WlanIp));
        Assert.Equal(("SN1", "INV-7", "anna", "10.0.0.1"), (first.Details.Serial, first.Details.InventoryNumber, first.Details.Owner, first.Details.Ip));
        Assert.Equal("near the; \"door\"", first.Notes);
        Assert.Null(read.Lines[1].Name);
    }

    [Theory]
    [InlineData("020000000001;win11;pc01\n020000000002;win11;pc02")]
    [InlineData("02:00:00:00:00:01,win11,pc01\r\n02:00:00:00:00:02,win11,pc02\r\n")]
    [InlineData("mac,image,name\r02-00-00-00-00-01,win11,pc01\r02-00-00-00-00-02,win11,pc02")]
    public void Three_columns_are_MAC_image_and_name(string text)
    {
        var read = Read(text);

        Assert.Empty(read.Faults);
        Assert.Equal(["pc01", "pc02"], read.Lines.Select(line => line.Name.ToString()));
        Assert.All(read.Lines, line => Assert.Equal("win11", line.Configuration));
    }

    [Fact]
    public void Windows_1252_and_UTF_8_are_told_apart()
    {
        byte[] windows = [.. "room;mac\nB"u8, 0xfc, .. "cherei "u8, 0x80, .. ";02:00:00:00:00:01"u8];

        Assert.Equal("Bücherei €", HostListReader.Read(windows).Lines[0].Room);
        Assert.Equal("Bücherei €", HostListReader.Read([0xef, 0xbb, 0xbf, .. "room;mac\nBücherei €;02:00:00:00:00:01"u8]).Lines[0].Room);
    }

    [Theory]
    [InlineData("", 1, "no line")]
    [InlineData("room;name\na;b", 1, "mac is missing")]
    [InlineData("mac;hwconf\n02:00:00:00:00:01;x", 1, "room is missing")]
    [InlineData(Cranix, 1, "locality")]
    [InlineData("mac;room;MAC\n", 1, "twice")]
    [InlineData("mac;room\n\n02:00:00:00:00:0g;r", 3, "02:00:00:00:00:0g")]
    [InlineData("mac;room\n01:00:5e:00:00:01;r", 2, "not the MAC")]
    [InlineData("mac;room\n;r", 2, "not the MAC")]
    [InlineData("mac;room;name\n02:00:00:00:00:01;r;1234", 2, "name of a computer")]
    [InlineData("mac;room\n02:00:00:00:00:01;r;surplus", 2, "in no column")]
    [InlineData("mac;room\n02:00:00:00:00:01;\"r", 2, "not closed")]
    [InlineData("mac;room\n02:00:00:00:00:01;\"r\"x", 2, "behind a closing quote")]
    [InlineData("mac;room\n02:00:00:00:00:01;r\u202e1", 2, "can be shown")]
    [InlineData("mac;room\n\"a\nb\";r\n02:00:00:00:00:0x;r", 4, "not the MAC")]
    public void What_is_wrong_is_said_with_its_line(string text, int line, string words)
    {
        var faults = Read(text).Faults;

        Assert.Contains(faults, fault => fault.Line == line && fault.Detail.Contains(words, StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.Equal("error", fault.Action));
    }

    [Fact]
    public void Every_wrong_line_is_named_at_once_and_the_good_ones_are_read()
    {
        var read = Read("mac;room;name\nx;r;1\n02:00:00:00:00:01;r;pc1\ny;r;pc2");

        Assert.Equal([2, 4], read.Faults.Select(fault => fault.Line));
        Assert.Contains("name of a computer", read.Faults[0].Detail, StringComparison.Ordinal);
        Assert.Equal([3], read.Lines.Select(line => line.Line));
    }

    [Fact]
    public void More_lines_than_a_school_has_hosts_are_refused()
    {
        var text = "mac;room\n" + string.Concat(Enumerable.Repeat("x\n", HostListReader.MaxLines + 1));

        Assert.Equal("host-list-invalid", Assert.Throws<UserErrorException>(() => Read(text)).Code);
    }

    [Fact]
    public void A_line_of_a_million_separators_is_one_error() =>
        Assert.Contains("64 values", Assert.Single(Read("mac;room\n02:00:00:00:00:01;r" + new string(';', 1_000_000)).Faults).Detail, StringComparison.Ordinal);

    [Fact]
    public void Damaged_lists_are_read_or_refused_and_show_nothing_unprintable() => Seeded.Cases(6000, random =>
    {
        var bytes = Encoding.UTF8.GetBytes(Good);
        for (var wounds = random.Next(1, 8); wounds > 0; wounds--)
        {
            bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? "\";,\r\n\0\u001b'="u8[random.Next(9)] : (byte)random.Next(256);
        }

        var read = HostListReader.Read(bytes);

        Assert.All(read.Faults, fault => HostileText.AssertShowable(fault.Detail));
        Assert.All(read.Lines, line =>
        {
            ReadOnlySpan<string?> texts = [line.Room, line.Configuration, line.Notes, line.Details.Ip, line.Details.Owner, line.Details.Serial, line.Details.Row];
            foreach (var text in texts)
            {
                HostileText.AssertShowable(text ?? "");
            }
        });
    });

    private static HostLines Read(string text) => HostListReader.Read(Encoding.UTF8.GetBytes(text));
}
